using Baotou.Payouts.Application.Work;

namespace Baotou.Payouts.Application.Tests.Work;

/// <summary>Every message reaches the step of its queue, or nothing at all.</summary>
public sealed class WorkDispatching
{
    private readonly List<string> _handled = [];

    [Fact]
    public async Task A_message_reaches_the_step_of_its_queue()
    {
        var dispatcher = new WorkDispatcher(QueueNames.All.Select(queue => new NotingStep(queue, _handled)));

        await dispatcher.HandleAsync(QueueNames.Match, "bucket 7", CancellationToken.None);

        Assert.Equal(["match: bucket 7"], _handled);
    }

    [Fact]
    public async Task A_message_of_an_unknown_queue_is_refused()
    {
        var dispatcher = new WorkDispatcher(QueueNames.All.Select(queue => new NotingStep(queue, _handled)));

        await Assert.ThrowsAsync<ArgumentException>(() => dispatcher.HandleAsync("elsewhere", "x", CancellationToken.None));

        Assert.Empty(_handled);
    }

    [Fact]
    public void A_queue_without_a_step_keeps_the_host_from_starting()
    {
        var refusal = Assert.Throws<ArgumentException>(() =>
            new WorkDispatcher(QueueNames.All.Skip(1).Select(queue => new NotingStep(queue, _handled)))
        );

        Assert.Contains("The queue pull needs one step and has 0.", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_queue_with_two_steps_keeps_the_host_from_starting() =>
        Assert.Throws<ArgumentException>(() =>
            new WorkDispatcher(QueueNames.All.Append(QueueNames.Pull).Select(queue => new NotingStep(queue, _handled)))
        );

    private sealed class NotingStep(string queue, List<string> handled) : IWorkStep
    {
        public string Queue => queue;

        public Task HandleAsync(string body, CancellationToken cancellationToken)
        {
            handled.Add($"{queue}: {body}");
            return Task.CompletedTask;
        }
    }
}
