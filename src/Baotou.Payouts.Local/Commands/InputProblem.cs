namespace Baotou.Payouts.Local.Commands;

/// <summary>Why something that was given cannot be used.</summary>
/// <param name="Where">File, line and place in it, or the option.</param>
/// <param name="What">What is wrong, and what is expected.</param>
/// <param name="Remedy">What to do.</param>
internal sealed record InputProblem(string Where, string What, string Remedy)
{
    /// <summary>"facts.json, line 7, $.facts[0].recordId: what is wrong; what to do".</summary>
    public override string ToString() => $"{Where}: {What}; {Remedy}";
}
