using System.Text.Json;
using Baotou.Payouts.Application.Exporting;

namespace Baotou.Payouts.Web.Routing;

/// <summary>
/// What a route answers. But for exports the body is written whole before anything is sent, so no answer breaks off half-way.
/// </summary>
internal abstract record Answer
{
    private Answer() { }

    /// <summary>A JSON document.</summary>
    /// <param name="Status">HTTP status.</param>
    /// <param name="Write">Writes the one value.</param>
    public sealed record Json(int Status, Action<Utf8JsonWriter> Write) : Answer
    {
        /// <summary>Where what was created is found; empty if nothing was.</summary>
        public string Location { get; init; } = "";

        /// <summary>The version of what is shown, without quotes; empty if it cannot be edited.</summary>
        public string Version { get; init; } = "";

        /// <summary>How long a cache may keep it for everybody; zero for not at all.</summary>
        public TimeSpan MaxAge { get; init; }
    }

    /// <summary>200 with a file to keep.</summary>
    /// <param name="ContentType">What it is.</param>
    /// <param name="Name">Under which name to keep it; plain characters only.</param>
    /// <param name="Bytes">All of it.</param>
    public sealed record File(string ContentType, string Name, byte[] Bytes) : Answer;

    /// <summary>200 with a file to keep that is sent while it is made; see <see cref="AnswerStream"/>.</summary>
    /// <param name="ContentType">What it is.</param>
    /// <param name="Name">Under which name to keep it; plain characters only.</param>
    /// <param name="WriteAsync">Writes it.</param>
    public sealed record Export(string ContentType, string Name, Func<ExportTarget, CancellationToken, Task> WriteAsync) : Answer;

    /// <summary>A refusal.</summary>
    public sealed record Refused(Problem Problem) : Answer;

    /// <summary>200 with a document.</summary>
    public static Answer Ok(Action<Utf8JsonWriter> write) => new Json(200, write);

    /// <summary>What is not there, or not for the caller.</summary>
    public static Answer NotFound { get; } = new Refused(Problem.NotFound);

    /// <summary>A request that cannot be understood.</summary>
    public static Answer Bad(string detail) => new Refused(Problem.BadRequest with { Detail = detail });

    /// <summary>A request that does not fit the present state.</summary>
    public static Answer Conflict(string detail) => new Refused(Problem.Conflict with { Detail = detail });
}
