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
    [InlineData("{\"source\":\"tax\",\"walk\":\"7\"}")]
    [InlineData("null")]
    [InlineData("")]
    [InlineData("tax")]
    public void Anything_else_is_refused_naming_queue_and_kind(string body)
    {
        var refusal = Assert.Throws<InvalidDataException>(() => WorkMessages.Read<PullMessage>(QueueNames.Pull, body));

        Assert.StartsWith("A message in queue 'pull' is no PullMessage: ", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"source\":\"tax\",\"walk\":7,\"more\":1}")]
    [InlineData("{\"source\":\"tax\",\"walk\":7,\"traceparent\":\"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\"}")]
    [InlineData("{\"source\":\"tax\",\"walk\":7,\"traceparent\":7}")]
    [InlineData("{\"traceparent\":\"nonsense\",\"source\":\"tax\",\"walk\":7}")]
    public void A_field_of_another_release_is_passed_over(string body) =>
        Assert.Equal(new PullMessage("tax", 7), WorkMessages.Read<PullMessage>(QueueNames.Pull, body));

    [Theory]
    [InlineData(
        "{\"source\":\"tax\",\"walk\":7,\"traceparent\":\"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\"}",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
    )]
    [InlineData("{\"source\":\"tax\",\"walk\":7,\"traceparent\":7}", null)]
    [InlineData("{\"source\":\"tax\",\"walk\":7,\"traceparent\":\"nonsense\"}", null)]
    [InlineData("{\"source\":\"tax\",\"walk\":7}", null)]
    [InlineData("tax", null)]
    public void Its_trace_is_read_where_it_names_one(string body, string? trace) => Assert.Equal(trace, WorkMessages.TraceOf(body));

    [Fact]
    public void Without_somebody_who_traces_nothing_is_added() =>
        Assert.Equal("""{"source":"tax","walk":7}""", WorkMessages.Write(new PullMessage("tax", 7)));

    [Fact]
    public void No_kind_of_message_is_read_from_nothing()
    {
        Assert.Throws<InvalidDataException>(() => WorkMessages.Read<MatchMessage>(QueueNames.Match, "{}"));
        Assert.Throws<InvalidDataException>(() => WorkMessages.Read<AllocateMessage>(QueueNames.Allocate, "{}"));
        Assert.Throws<InvalidDataException>(() => WorkMessages.Read<ProjectMessage>(QueueNames.Project, "{}"));
    }
}
