using Baotou.Payouts.Local.Commands;
using Spectre.Console;

namespace Baotou.Payouts.Local.Printing;

/// <summary>Tells how far long work is, on standard error: a bar on a terminal, otherwise a line for each stage.</summary>
internal sealed class Progress
{
    private readonly Surroundings _surroundings;
    private readonly ProgressTask? _bar;
    private string _stage = "";

    private Progress(Surroundings surroundings, ProgressTask? bar)
    {
        _surroundings = surroundings;
        _bar = bar;
    }

    /// <summary>Does work while telling how far it is.</summary>
    public static async Task<T> RunAsync<T>(Surroundings surroundings, Func<Progress, Task<T>> work)
    {
        if (!surroundings.ErrorOnTerminal)
            return await work(new Progress(surroundings, null));
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(surroundings.Error) });
        return await console
            .Progress()
            .AutoClear(true)
            .Columns(
                new SpinnerColumn(),
                new TaskDescriptionColumn(),
                new ProgressBarColumn(),
                new PercentageColumn(),
                new ElapsedTimeColumn()
            )
            .StartAsync(bars => work(new Progress(surroundings, bars.AddTask("starting", maxValue: 1))));
    }

    /// <summary>Tells the stage and how much of all work is done.</summary>
    /// <param name="stage">In a few words.</param>
    /// <param name="share">0 to 1.</param>
    public void Tell(string stage, double share)
    {
        if (_bar is not null)
        {
            _bar.Description = Markup.Escape(stage);
            _bar.Value = share;
        }
        else if (stage != _stage)
        {
            _surroundings.Say(stage);
        }

        _stage = stage;
    }
}
