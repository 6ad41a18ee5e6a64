using System.Text.Json.Nodes;
using Baotou.Payouts.Application.Work;

namespace Baotou.Payouts.Application.Tests.Work;

/// <summary>
/// Messages in flight meet the release before and the one after. The samples beside this file are what releases wrote: none is ever
/// changed, and a release that writes another field adds a folder of its own.
/// </summary>
public sealed class Messages_of_another_release
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Work");

    /// <summary>What a reader of today makes of a text, as a writer of today says it.</summary>
    private static readonly Dictionary<string, Func<string, string>> Told = new()
    {
        [QueueNames.Pull] = body => WorkMessages.Write(WorkMessages.Read<PullMessage>(QueueNames.Pull, body)),
        [QueueNames.Match] = body => WorkMessages.Write(WorkMessages.Read<MatchMessage>(QueueNames.Match, body)),
        [QueueNames.Allocate] = body => WorkMessages.Write(WorkMessages.Read<AllocateMessage>(QueueNames.Allocate, body)),
        [QueueNames.Project] = body => WorkMessages.Write(WorkMessages.Read<ProjectMessage>(QueueNames.Project, body)),
    };

    public static IEnumerable<object[]> Samples =>
        Releases().SelectMany(_ => QueueNames.All, (release, queue) => new object[] { release, queue });

    [Theory]
    [MemberData(nameof(Samples))]
    public void Arrive_and_are_answered_in_fields_that_their_own_reader_finds(string release, string queue)
    {
        var sample = SampleOf(release, queue);

        var today = JsonNode.Parse(Told[queue](sample.ToJsonString()))!.AsObject();

        Assert.NotEmpty(sample);
        Assert.All(
            sample.Where(field => field.Key != "traceparent"),
            field => Assert.True(JsonNode.DeepEquals(field.Value, today[field.Key]), $"{field.Key}: {today.ToJsonString()}")
        );
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task Do_their_step_though_a_later_release_says_more(string release, string queue)
    {
        var city = new TinyCity();
        await using var engine = new Engine(city, new WatchedRows());
        await TinyCity.BeginAsync(engine);
        city.Tax.Told.Add(TinyCity.Figure(1, 2022, "2023-01-15", 100));
        city.Until("2023-01-31");
        await engine.PassAsync();
        var later = new JsonObject { ["hurry"] = new JsonObject { ["level"] = new JsonArray(1, null) } };
        foreach (var (name, value) in SampleOf(release, queue))
            later[name] = value?.DeepClone();
        later["also"] = "x";

        await engine.Get<WorkDispatcher>().HandleAsync(queue, later.ToJsonString(), default);

        await engine.VerifyHoldsAsync();
    }

    [Fact]
    public void Each_release_has_a_sample_for_each_queue_and_each_queue_one_kind_of_message()
    {
        Assert.All(
            Releases(),
            release =>
                Assert.Equal(
                    QueueNames.All.Order(StringComparer.Ordinal),
                    Directory.GetFiles(Path.Combine(Folder, release)).Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal)
                )
        );
        Assert.Equal(
            Told.Count,
            typeof(WorkMessages)
                .Assembly.GetTypes()
                .Count(type => type.Namespace == typeof(WorkMessages).Namespace && type.Name.EndsWith("Message", StringComparison.Ordinal))
        );
    }

    private static List<string> Releases()
    {
        var releases = Directory.GetDirectories(Folder, "messages-v*").Select(path => Path.GetFileName(path)!).ToList();
        Assert.NotEmpty(releases);
        return releases;
    }

    private static JsonObject SampleOf(string release, string queue) =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, release, queue + ".json")))!.AsObject();
}
