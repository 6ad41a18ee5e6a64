using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;
using Baotou.Payouts.Web.Routing;

namespace Baotou.Payouts.Web.Approvals;

/// <summary>Reads a value of a body; false if it is not there or makes no sense.</summary>
internal delegate bool PartReader<T>(Call call, string name, [NotNullWhen(true)] out T? value);

/// <summary>A part of a proposal's body, of whatever type.</summary>
internal interface IPart
{
    /// <summary>Its name in the body.</summary>
    string Name { get; }

    /// <summary>What it is, in words that go on from "is".</summary>
    string Is { get; }

    /// <summary>Whether it may be left out.</summary>
    bool IsOptional { get; }

    /// <summary>Names of the body that belong to it besides its own, with what they may be; all may be left out.</summary>
    IReadOnlyList<(string Name, JsonObject Schema)> Beside { get; }

    /// <summary>What it may be.</summary>
    JsonObject Schema { get; }

    /// <summary>What a body has of it; null if it is not there or makes no sense.</summary>
    object? Read(Call call);
}

/// <summary>A part of a proposal's body: what it may be, how it is read and how it is written back.</summary>
/// <param name="Name">Its name in the body.</param>
/// <param name="Is">What it is, in words that go on from "is".</param>
/// <param name="SchemaOf">What it may be, made anew each time, since a node of JSON has one place.</param>
/// <param name="Reads">Reads it.</param>
/// <param name="Writes">Writes it as it was sent.</param>
internal sealed record Part<T>(
    string Name,
    string Is,
    Func<JsonObject> SchemaOf,
    PartReader<T> Reads,
    Action<Utf8JsonWriter, string, T> Writes
) : IPart
{
    /// <inheritdoc/>
    public bool IsOptional { get; init; }

    /// <inheritdoc/>
    public IReadOnlyList<(string Name, JsonObject Schema)> Beside { get; init; } = [];

    /// <inheritdoc/>
    public JsonObject Schema
    {
        get
        {
            var schema = SchemaOf();
            schema["description"] = Is;
            return schema;
        }
    }

    /// <inheritdoc/>
    public object? Read(Call call) => Reads(call, Name, out var value) ? value : null;

    /// <summary>Writes a value into the object that is open.</summary>
    public Action<Utf8JsonWriter> With(T value) => json => Writes(json, Name, value);
}

/// <summary>The parts of one body as they were read.</summary>
internal sealed class SentParts(IReadOnlyDictionary<string, object> values)
{
    /// <summary>A part that has to be there.</summary>
    public T Of<T>(Part<T> part) => (T)values[part.Name];

    /// <summary>A part that may be left out; null if it was.</summary>
    public T? IfAny<T>(Part<T> part)
        where T : struct => values.TryGetValue(part.Name, out var value) ? (T)value : null;
}
