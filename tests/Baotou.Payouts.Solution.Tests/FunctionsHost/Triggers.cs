using Baotou.Payouts.Application.Work;

namespace Baotou.Payouts.Solution.Tests.FunctionsHost;

/// <summary>
/// The Functions host has nothing of its own: the same queues, times and routes as the local host, taken from the same constants.
/// Its packages cannot be had everywhere, so its sources are read, and compiled against the shape of the API it uses.
/// </summary>
public sealed class Triggers
{
    [Fact]
    public void The_sources_compile() => Assert.Empty(FunctionsSource.Deployed.Complaints);

    [Fact]
    public void A_source_that_does_not_compile_is_found() => Assert.NotEmpty(FunctionsSource.Planted("public Task A() => 1;").Complaints);

    [Fact]
    public void Every_queue_and_every_poison_queue_has_one_trigger() => Assert.Empty(QueueDifferences(FunctionsSource.Deployed.Triggers));

    [Fact]
    public void A_queue_without_its_poison_trigger_is_found()
    {
        var missing = FunctionsSource.Deployed.Triggers.Where(trigger => trigger.Value != QueueNames.PoisonOf(QueueNames.Match));

        Assert.Equal(["match-poison has 0 triggers"], QueueDifferences(missing));
    }

    [Fact]
    public void A_trigger_of_an_unknown_queue_is_found()
    {
        var planted = FunctionsSource.Planted(
            """[Function("X")] public Task X([QueueTrigger("pul")] string body) => Task.CompletedTask;"""
        );

        Assert.Equal(["pul is no queue of ours"], QueueDifferences([.. FunctionsSource.Deployed.Triggers, .. planted.Triggers]));
    }

    [Fact]
    public void Every_trigger_uses_the_account_of_the_host_itself() =>
        Assert.All(FunctionsSource.Deployed.Triggers, trigger => Assert.Null(trigger.Connection));

    [Fact]
    public void A_trigger_that_uses_another_account_is_seen() =>
        Assert.Equal(
            "Elsewhere",
            Assert
                .Single(
                    FunctionsSource
                        .Planted(
                            """[Function("X")] public Task X([QueueTrigger("pull", Connection = "Elsewhere")] string body) => Task.CompletedTask;"""
                        )
                        .Triggers
                )
                .Connection
        );

    [Fact]
    public void The_timers_are_those_of_the_schedule() =>
        Assert.Equal(
            [("PullTimer", Timetable.Pull), ("SweepTimer", Timetable.Sweep), ("VerifyTimer", Timetable.Verify)],
            FunctionsSource
                .Deployed.Triggers.Where(trigger => trigger.Kind == "Timer")
                .Select(trigger => (trigger.Function, trigger.Value!))
        );

    [Theory]
    [InlineData(Timetable.Pull)]
    [InlineData(Timetable.Sweep)]
    public void A_schedule_says_the_same_as_its_period(string expression)
    {
        var period = expression == Timetable.Pull ? Timetable.PullEvery : Timetable.SweepEvery;

        Assert.Equal(period, PeriodOf(expression));
    }

    [Fact]
    public void The_nightly_schedule_says_the_same_as_its_time_of_day() =>
        Assert.Equal(Timetable.Verify, $"0 {Timetable.VerifyAt.Minute} {Timetable.VerifyAt.Hour} * * *");

    [Fact]
    public void One_function_answers_every_request()
    {
        var http = Assert.Single(FunctionsSource.Deployed.Triggers, trigger => trigger.Kind == "Http");

        Assert.Equal("{*path}", http.Value);
    }

    [Fact]
    public void No_function_catches() => Assert.Empty(FunctionsSource.Deployed.Catches);

    [Fact]
    public void A_function_that_catches_is_found() =>
        Assert.Equal(
            ["Planted.cs:5"],
            FunctionsSource.Planted("""[Function("X")] public void X() { try { } catch (Exception) { } }""").Catches
        );

    [Fact]
    public void No_function_decides_anything() => Assert.Empty(FunctionsSource.Deployed.Thick);

    [Fact]
    public void A_function_that_decides_is_found() =>
        Assert.Equal(
            ["X"],
            FunctionsSource
                .Planted(
                    """[Function("X")] public Task X(string body) { if (body == "") { return Task.CompletedTask; } return Task.CompletedTask; }"""
                )
                .Thick
        );

    [Fact]
    public void The_platform_waits_for_every_function() => Assert.Empty(FunctionsSource.Deployed.Unawaited);

    [Fact]
    public void A_function_it_cannot_wait_for_is_found() =>
        Assert.Equal(["X"], FunctionsSource.Planted("""[Function("X")] public async void X() => await Task.Yield();""").Unawaited);

    private static List<string> QueueDifferences(IEnumerable<Trigger> triggers)
    {
        var expected = QueueNames.All.Concat(QueueNames.All.Select(QueueNames.PoisonOf)).ToList();
        var actual = triggers.Where(trigger => trigger.Kind == "Queue").Select(trigger => trigger.Value!).ToList();
        return expected
            .Where(queue => actual.Count(name => name == queue) != 1)
            .Select(queue => $"{queue} has {actual.Count(name => name == queue)} triggers")
            .Concat(actual.Except(expected).Select(queue => $"{queue} is no queue of ours"))
            .ToList();
    }

    // Only the two forms we use: every full hour, every so many minutes.
    private static TimeSpan PeriodOf(string expression) =>
        expression.Split(' ') switch
        {
            ["0", "0", "*", "*", "*", "*"] => TimeSpan.FromHours(1),
            ["0", ['*', '/', .. var minutes], "*", "*", "*", "*"] => TimeSpan.FromMinutes(
                int.Parse(minutes, System.Globalization.CultureInfo.InvariantCulture)
            ),
            _ => throw new FormatException(expression),
        };
}
