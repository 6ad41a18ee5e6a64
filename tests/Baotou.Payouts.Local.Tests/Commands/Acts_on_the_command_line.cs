using Baotou.Payouts.Application.Auditing;
using Baotou.Payouts.Local.Commands;

namespace Baotou.Payouts.Local.Tests.Commands;

/// <summary>Whoever does something at the machine itself stands in the audit log as whoever does it over HTTP.</summary>
public sealed class Acts_on_the_command_line : IDisposable
{
    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Are_in_the_audit_log_with_who_did_what_and_why()
    {
        var data = Path.Combine(_folder.List, "store");
        await CommandRun.Working("demo", "--enterprises", "5", "--data", data);
        var facts = _folder.Write(
            "facts.csv",
            "uscc,effectiveOn,recordId,platform-number,type,level,stage\n91350100M000100Y43,2023-05-01,R-1,P-1,innovation-centre,national,nursery\n"
        );
        Assert.Equal(0, (await CommandRun.Working("import", facts, "--kind", "research-platform", "--data", data)).Code);
        var past = _folder.Write(
            "past.csv",
            "policy,occasion,uscc,amount(元),paidOn,reference\n18-plan-a,2021,91350100M000100Y43,100,2022-12-01,A-1\n"
        );
        Assert.Equal(0, (await CommandRun.Working("import", past, "--kind", "past-payouts", "--data", data)).Code);
        Assert.Equal(0, (await CommandRun.Working("parked", "--replay", "--data", data)).Code);
        Assert.Equal(0, (await CommandRun.Working("run", "--data", data)).Code);

        var entries = await EntriesAsync(data);
        Assert.Equal(
            [
                ("sandbox-officer", "appropriate"),
                ("sandbox-officer", "begin"),
                (LocalAct.CommandLine, "import"),
                (LocalAct.CommandLine, "import"),
                (LocalAct.CommandLine, "parked"),
                (LocalAct.CommandLine, "run"),
            ],
            entries.Where(e => e.Act.Answers is null).Select(e => (e.Act.Subject, e.Act.What)).OrderBy(a => a.What, StringComparer.Ordinal)
        );
        Assert.All(
            entries.Where(e => e.Act.Answers is null),
            e =>
                Assert.False(
                    string.IsNullOrEmpty(e.Act.About)
                        || string.IsNullOrEmpty(e.Act.Why)
                        || e.Act.Subject.Contains(':', StringComparison.Ordinal)
                )
        );
        Assert.Equal(
            ["kind=past-payouts; rows=1", "kind=research-platform; rows=1"],
            entries.Where(e => e.Act is { What: "import", Answers: null }).Select(e => e.Act.About).Order(StringComparer.Ordinal)
        );
        Assert.Contains(
            "; act=pool:science-support/2023:appropriation:1; ",
            entries.Single(e => e.Act is { What: "begin", Answers: null }).Act.About,
            StringComparison.Ordinal
        );
        Assert.Equal(
            ["done", "done", "1 rows kept", "1 rows kept", "0", "done"],
            entries.Where(e => e.Act.Answers is not null).OrderBy(e => e.Act.What, StringComparer.Ordinal).Select(e => e.Act.Outcome)
        );
        Assert.Equal(0, (await CommandRun.Working("verify", "--data", data)).Code);

        var (file, restored) = (Path.Combine(_folder.List, "monday.backup"), Path.Combine(_folder.List, "restored"));
        Assert.Equal(0, (await CommandRun.Working("backup", file, "--data", data)).Code);
        Assert.Equal(
            0,
            (await CommandRun.Working("restore", file, "--data", restored, "--account-key", Path.Combine(data, "account.key"))).Code
        );
        var after = await EntriesAsync(restored);
        Assert.Equal(entries.Count + 2, after.Count);
        Assert.Equal(
            (LocalAct.CommandLine, "stop=1"),
            after.Where(e => e.Act is { What: "restore", Answers: null }).Select(e => (e.Act.Subject, e.Act.About.Split("; ")[^1])).Single()
        );
        Assert.Equal(0, (await CommandRun.Working("verify", "--data", restored)).Code);
    }

    private static async Task<List<AuditEntry>> EntriesAsync(string data)
    {
        var entries = new List<AuditEntry>();
        var surroundings = new Surroundings(TextWriter.Null, TextWriter.Null, false, false, TimeProvider.System);
        await StoreWork.RunAsync(
            surroundings,
            data,
            async (engine, _) =>
            {
                foreach (var place in await engine.Get<IAuditLog>().PlacesAsync(default))
                {
                    await foreach (var entry in engine.Get<IAuditLog>().ReadAsync(place, 0, default))
                        entries.Add(entry);
                }

                return 0;
            },
            default
        );
        return entries;
    }
}
