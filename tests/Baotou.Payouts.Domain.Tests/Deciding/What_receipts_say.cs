using System.Collections;
using Baotou.Payouts.Domain.Deciding;
using Baotou.Payouts.Domain.Facts;
using Baotou.Payouts.Domain.Policies;

namespace Baotou.Payouts.Domain.Tests.Deciding;

/// <summary>
/// Receipts are kept and compared word by word, so what was said once has to be said for ever under its number. The approved copies beside
/// this file hold each condition and award in every wording that was issued.
/// </summary>
public sealed class What_receipts_say
{
    public static TheoryData<int> Issued => [.. Enumerable.Range(Wording.First, Wording.Latest)];

    [Theory]
    [MemberData(nameof(Issued))]
    public async Task Is_for_ever_what_was_approved_for_the_number_of_its_wording(int wording)
    {
        var said = string.Concat(
            ReceiptSamples.All.SelectMany(s => Lines(s, wording)).Concat(ReceiptSamples.OfUnits()).Select(l => l + "\n")
        );
        var (copy, received) = (At($"wording-{wording}.approved.txt"), At($"wording-{wording}.received.txt"));
        await File.WriteAllTextAsync(received, said);
        var approved = File.Exists(copy) ? await File.ReadAllTextAsync(copy) : "";

        Assert.True(
            said == approved,
            $"A receipt in wording {wording} says another thing than was approved, first: '{said.Split('\n').Except(approved.Split('\n')).FirstOrDefault()}'. Stored receipts keep the approved words, and verifying would call them changed. "
                + $"To reword a sentence, raise Wording.Latest, say the new words from that number on and the old ones before, and copy {received} of the new number beside this test. Of an older number nothing is ever copied."
        );
    }

    [Fact]
    public void Is_approved_for_every_form_of_condition_and_award()
    {
        var terms = ReceiptSamples.All.Select(s => s.Terms).ToList();
        var sampled = terms.SelectMany(t => Parts(t)).ToList();
        Type[] closed = [typeof(Condition), typeof(Award), typeof(TierCase), typeof(InterestBasis)];

        Assert.Empty(closed.SelectMany(c => c.GetNestedTypes()).Except(sampled.Select(p => p.GetType())).Select(t => t.FullName));
        Assert.Equal(Enum.GetValues<CapSpan>(), terms.SelectMany(t => t.Caps).Select(c => c.Span).Distinct().Order());
        var compared = sampled.OfType<Condition.Compare>().ToLookup(c => c.Threshold.Type == FieldType.Date, c => c.Comparison);
        Assert.All([true, false], ofDays => Assert.Equal(Enum.GetValues<Comparison>(), compared[ofDays].Distinct().Order()));
        Assert.Equal(Enum.GetValues<FieldType>(), sampled.OfType<Condition.Compare>().Select(c => c.Threshold.Type).Distinct().Order());
    }

    [Fact]
    public void Has_a_number_that_was_issued()
    {
        var list = Given.Catalogue(Given.Policy(Given.Terms(Given.Fixed(1))));

        Assert.Throws<ArgumentOutOfRangeException>(() => new Decider(list, Wording.First - 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Decider(list, Wording.Latest + 1));
        Assert.Equal(Wording.Latest, new Decider(list).WordedAs);
    }

    [Fact]
    public void Tells_one_from_several_since_the_second_wording()
    {
        Assert.Equal(["1 year(s)", "2 year(s)"], new[] { "1", "2" }.Select(n => Wording.Several(n, "year", wording: 1)));
        Assert.Equal(["0 years", "1 year", "2 years", "11 years"], new[] { "0", "1", "2", "11" }.Select(n => Wording.Several(n, "year")));
    }

    [Fact]
    public void Tells_values_in_english_since_the_second_wording()
    {
        var sample = ReceiptSamples.All.Single(s => s.Name == "compare a flag that is set");
        string? Told(int wording) =>
            new Decider(Given.Catalogue(Given.Policy(sample.Terms)), wording)
                .Decide(sample.Facts, Given.Day("2023-12-31"))
                .Last()
                .Steps.Single()
                .EnglishValue;

        Assert.Null(Told(1));
        Assert.Equal("yes", Told(2));
        Assert.Equal(["1 person", "2 person"], new[] { "1", "2" }.Select(n => Wording.Measured(n, "person", wording: 1)));
        Assert.Equal(
            ["0 people", "1 person", "2 people", "2 nights", "12.5 km", "3 head", "7"],
            new[]
            {
                Wording.Measured("0", "person"),
                Wording.Measured("1", "person"),
                Wording.Measured("2", "person"),
                Wording.Measured("2", "night"),
                Wording.Measured("12.5", "km"),
                Wording.Measured("3", "head"),
                Wording.Measured("7", "").Trim(),
            }
        );
    }

    private static IEnumerable<string> Lines(ReceiptSample sample, int wording)
    {
        var decision = new Decider(Given.Catalogue(Given.Policy(sample.Terms)), wording)
            .Decide(sample.Facts, Given.Day("2023-12-31"))
            .Last();
        Assert.True(decision.Outcome == Outcome.Entitled, $"{sample.Name} has to be due: {decision.Reason.En}");
        foreach (var step in decision.Steps)
            yield return $"{sample.Name}: {step.Condition.Zh} [{step.Value}] {step.Threshold.Zh} | {step.Condition.En}{(step.EnglishValue is { } value ? $" [{value}]" : "")} {step.Threshold.En} ({step.Source} {step.RecordId})";
        if (decision.Steps.Count == 0)
            yield return $"{sample.Name}: {decision.Arithmetic.Zh} | {decision.Arithmetic.En}";
    }

    /// <summary>Everything that terms are made of, however deep.</summary>
    private static IEnumerable<object> Parts(object of) =>
        of switch
        {
            string => [],
            IEnumerable many => many.Cast<object>().SelectMany(Parts),
            _ when of.GetType().Namespace != typeof(Terms).Namespace || of is Enum => [],
            _ => of.GetType()
                .GetProperties()
                .Where(p => p.GetIndexParameters().Length == 0)
                .Select(p => p.GetValue(of))
                .OfType<object>()
                .SelectMany(Parts)
                .Prepend(of),
        };

    private static string At(string file) => Path.Combine(AppContext.BaseDirectory, "Deciding", file);
}
