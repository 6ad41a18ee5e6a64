using Baotou.Payouts.Application.Work;

namespace Baotou.Payouts.Application.Tests.Work;

/// <summary>A message is what we wrote, or it is refused with what is wrong.</summary>
public sealed class ReadingMessages
{
    [Fact]
    public void What_was_written_is_read()
    {
        var message = new PullMessage("tax", 7);

        Assert.Equal(message, WorkMessages.Read<PullMessage>(QueueNames.Pull, WorkMessages.Write(message)));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"source\":\"tax\"}")]
    [InlineData("{\"source\":\"tax\",\"walk\":7,\"more\":1}")]
    [InlineData("{\"source\":\"tax\",\"walk\":\"7\"}")]
    [InlineData("null")]
    [InlineData("")]
    [InlineData("tax")]
    public void Anything_else_is_refused_naming_queue_and_kind(string body)
    {
        var refusal = Assert.Throws<InvalidDataException>(() => WorkMessages.Read<PullMessage>(QueueNames.Pull, body));

        Assert.StartsWith("A message in queue 'pull' is no PullMessage: ", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_kind_of_message_is_read_from_nothing()
    {
        Assert.Throws<InvalidDataException>(() => WorkMessages.Read<MatchMessage>(QueueNames.Match, "{}"));
        Assert.Throws<InvalidDataException>(() => WorkMessages.Read<AllocateMessage>(QueueNames.Allocate, "{}"));
        Assert.Throws<InvalidDataException>(() => WorkMessages.Read<ProjectMessage>(QueueNames.Project, "{}"));
    }
}
