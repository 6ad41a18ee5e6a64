using Baotou.Payouts.Catalogues.Cases;
using Baotou.Payouts.Domain.Deciding;
using Baotou.Payouts.Domain.Facts;
using Baotou.Payouts.Domain.Hashing;
using Baotou.Payouts.Domain.Policies;

namespace Baotou.Payouts.Catalogues.Tests;

/// <summary>
/// Entries are kept beside the rounds that used them; read again years later, they are the same entries and decide the same.
/// </summary>
public sealed class A_kept_list
{
    private static readonly Catalogue Read = new(
        The_embedded_list.Catalogue.Version,
        [.. The_embedded_list.Catalogue.Policies.Select(p => CanonicalJson.Read<Policy>(CanonicalJson.Write(p)))],
        CanonicalJson.Read<List<PoolDefinition>>(CanonicalJson.Write(The_embedded_list.Catalogue.Pools)),
        new FactDictionary(CanonicalJson.Read<List<FactKind>>(CanonicalJson.Write(The_embedded_list.Catalogue.Facts.Kinds)))
        {
            Agencies = CanonicalJson.Read<Dictionary<string, Bilingual>>(CanonicalJson.Write(The_embedded_list.Catalogue.Facts.Agencies)),
        }
    );

    [Fact]
    public void Is_written_again_as_it_was()
    {
        Assert.Equal(The_embedded_list.Catalogue.Policies.Select(CanonicalJson.Write), Read.Policies.Select(CanonicalJson.Write));
        Assert.Equal(CanonicalJson.Write(The_embedded_list.Catalogue.Pools), CanonicalJson.Write(Read.Pools));
        Assert.Equal(CanonicalJson.Write(The_embedded_list.Catalogue.Facts.Kinds), CanonicalJson.Write(Read.Facts.Kinds));
    }

    [Fact]
    public void Decides_every_case_as_before()
    {
        var (now, then) = (new Decider(The_embedded_list.Catalogue), new Decider(Read));
        var cases = Assert.IsType<CasesLoading.Loaded>(PolicyCases.LoadEmbedded(The_embedded_list.Catalogue)).Cases;
        foreach (var one in cases)
        {
            Assert.Null(one.Difference(then));
            Assert.Equal(
                now.Decide(one.Facts, one.AsOf).Select(d => CanonicalJson.Write(d)),
                then.Decide(one.Facts, one.AsOf).Select(d => CanonicalJson.Write(d))
            );
        }
    }
}
