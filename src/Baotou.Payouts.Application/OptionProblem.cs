namespace Baotou.Payouts.Application;

/// <summary>An option that cannot work. Its value stays unsaid: it may be a secret in the wrong place.</summary>
/// <param name="Name">Which option, as its class calls it; a part of a list has its place before it (<c>Issuers:0:Id</c>).</param>
/// <param name="Expected">What it must be, to be read behind "must be".</param>
public sealed record OptionProblem(string Name, string Expected)
{
    /// <summary>A problem with an option whose value is not among those that work; none if it is.</summary>
    public static IEnumerable<OptionProblem> Unless(bool works, string name, string expected) => works ? [] : [new(name, expected)];

    /// <summary>"Buckets must be 1 to 1,000".</summary>
    public override string ToString() => $"{Name} must be {Expected}";
}
