using System.Diagnostics;
using System.Diagnostics.Metrics;
using Baotou.Payouts.Application.Telemetry;

namespace Baotou.Payouts.Application.Tests.Telemetry;

/// <summary>Hears what the engine tells about the work of one test; what other tests do at the same time goes by.</summary>
internal sealed class Listening : IDisposable
{
    private readonly AsyncLocal<bool> _mine = new();
    private readonly Lock _lock = new();
    private readonly MeterListener _numbers = new();
    private readonly ActivityListener _steps;
    private readonly List<(string Name, string? Unit, double Value, KeyValuePair<string, object?>[] Tags)> _heard = [];
    private readonly List<Activity> _traced = [];

    /// <summary>Hears the caller and whatever it starts from now on.</summary>
    public Listening()
    {
        _mine.Value = true;
        _numbers.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == Metrics.Source)
                listener.EnableMeasurementEvents(instrument);
        };
        _numbers.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Hear(instrument, value, tags));
        _numbers.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Hear(instrument, value, tags));
        _numbers.Start();
        _steps = new ActivityListener
        {
            ShouldListenTo = source => source.Name == Metrics.Source,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) =>
                _mine.Value ? ActivitySamplingResult.AllDataAndRecorded : ActivitySamplingResult.None,
            ActivityStopped = step =>
            {
                lock (_lock)
                    _traced.Add(step);
            },
        };
        ActivitySource.AddActivityListener(_steps);
    }

    /// <summary>The steps that ended, in order.</summary>
    public IReadOnlyList<Activity> Steps => _traced;

    /// <summary>The names and units that were heard.</summary>
    public IReadOnlyList<(string Name, string? Unit)> Heard => [.. _heard.Select(h => (h.Name, h.Unit)).Distinct()];

    /// <summary>All that was said beside numbers: tags of numbers and of steps, and what steps failed with.</summary>
    public IReadOnlyList<string> Words =>
        [
            .. _heard.SelectMany(h => h.Tags).Select(t => $"{t.Value}"),
            .. _traced.SelectMany(s => s.TagObjects).Select(t => $"{t.Value}"),
            .. _traced.Select(s => $"{s.DisplayName} {s.StatusDescription}"),
        ];

    /// <summary>The sum of a counter, of one tag's value if it is named.</summary>
    public double Sum(Metric metric, string? tagged = null) => Of(metric, tagged).Sum(h => h.Value);

    /// <summary>What a gauge said last; null if it said nothing.</summary>
    public double? Last(Metric metric, string? tagged = null) => Of(metric, tagged).Select(h => (double?)h.Value).LastOrDefault();

    public void Dispose()
    {
        _numbers.Dispose();
        _steps.Dispose();
    }

    private IEnumerable<(string Name, string? Unit, double Value, KeyValuePair<string, object?>[] Tags)> Of(
        Metric metric,
        string? tagged
    ) => _heard.Where(h => h.Name == metric.Name && (tagged is null || h.Tags.Contains(new(metric.Tag!, tagged))));

    private void Hear(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (!_mine.Value)
            return;
        lock (_lock)
            _heard.Add((instrument.Name, instrument.Unit, value, tags.ToArray()));
    }
}
