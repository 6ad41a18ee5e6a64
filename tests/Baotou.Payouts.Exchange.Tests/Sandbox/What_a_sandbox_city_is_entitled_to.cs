using System.Text.Json;
using Baotou.Payouts.Catalogues;
using Baotou.Payouts.Domain.Deciding;
using Baotou.Payouts.Domain.Facts;
using Baotou.Payouts.Domain.Policies;
using Baotou.Payouts.Local.Sandbox;
using Baotou.Payouts.Local.Sandbox.World;

namespace Baotou.Payouts.Exchange.Tests.Sandbox;

public sealed class What_a_sandbox_city_is_entitled_to
{
    private static readonly Catalogue List = CatalogueLoader.LoadEmbedded().Required();

    [Fact]
    public void Two_thousand_enterprises_claim_under_most_entries_and_more_than_two_printed_funds_have()
    {
        var world = SandboxWorld.Generate(7, 2_000, List.Facts);
        var decider = new Decider(List);
        var claims = FactsOf(world)
            .GroupBy(f => f.Uscc)
            .SelectMany(facts => decider.Decide(facts, SandboxCalendar.BusinessDay))
            .Where(d => d.Outcome == Outcome.Entitled)
            .ToList();
        var pools = List
            .Pools.Where(p => p.PrintedFundYuan is not null)
            .ToDictionary(
                p => p.Id,
                p =>
                    claims.Where(c => List.VersionsOf(c.Policy)[0].Terms!.Pool == p.Id).Sum(c => c.Shares.City.Value)
                    / 100m
                    / p.PrintedFundYuan!.Value
            );

        var told = List
            .Policies.Where(p =>
                p is { Class: PolicyClass.Automatic, Payee: Payee.Enterprise, Terms: { } terms }
                && TermsWalk.KindsOf(terms).All(world.KindsWithAStory.Contains)
            )
            .Select(p => p.Id)
            .ToHashSet();

        Assert.InRange(claims.Count(c => told.Contains(c.Policy)), 1_500, 3_500);
        Assert.InRange(pools["tourism-local-reception"], 1.02m, 2m);
        Assert.InRange(pools["tourism-special-train"], 1.02m, 2m);
        var unclaimed = told.Except(claims.Select(c => c.Policy)).ToList();
        Assert.True(
            unclaimed.Count * 10 <= told.Count * 3,
            $"no claim under {unclaimed.Count} of {told.Count}: {string.Join(", ", unclaimed)}"
        );
    }

    private static IEnumerable<Fact> FactsOf(SandboxWorld world)
    {
        var reader = new FactReader(List.Facts);
        foreach (var record in world.Records.Where(r => r.Sound))
        {
            using var json = JsonDocument.Parse(record.Json);
            yield return Assert
                .IsType<FactReading.Accepted>(reader.Read(A_sandbox_city.Delivered(json.RootElement, record.Source), record.RecordedAt))
                .Fact;
        }
    }
}
