namespace Baotou.Payouts.Exchange;

/// <summary>What kind of trouble an agency gives when it lasts.</summary>
public enum AgencyTrouble
{
    /// <summary>Time-outs, 5xx, torn answers or an open breaker outlasted all attempts. Asking again later can help.</summary>
    Unreachable,

    /// <summary>The agency understood and said no (signature, identity, scope). Asking again does not help until somebody acts.</summary>
    Refused,

    /// <summary>The answer was whole but not of the agreed form. Asking again helps once the agency has mended it.</summary>
    Misshapen,

    /// <summary>The answer is larger than is read. A smaller page can help.</summary>
    Oversized,
}

/// <summary>Trouble with an agency that outlasted every attempt. The message goes back to its queue.</summary>
/// <param name="agency">Id of the dataset.</param>
/// <param name="trouble">What kind.</param>
/// <param name="message">What happened; holds no secret and nothing of a record.</param>
/// <param name="inner">What was thrown, or null.</param>
public sealed class AgencyException(string agency, AgencyTrouble trouble, string message, Exception? inner = null)
    : Exception($"{agency}: {message}", inner)
{
    /// <summary>Id of the dataset.</summary>
    public string Agency { get; } = agency;

    /// <summary>What kind of trouble.</summary>
    public AgencyTrouble Trouble { get; } = trouble;
}
