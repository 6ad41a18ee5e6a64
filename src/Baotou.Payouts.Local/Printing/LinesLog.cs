using Baotou.Payouts.Local.Commands;
using Microsoft.Extensions.Logging;

namespace Baotou.Payouts.Local.Printing;

/// <summary>Log lines on standard error: moment, level, message. Standard output stays the answer's.</summary>
internal sealed class LinesLog(Surroundings surroundings) : ILoggerProvider
{
    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => new Lines(surroundings, categoryName);

    /// <inheritdoc/>
    public void Dispose() { }

    private sealed class Lines(Surroundings surroundings, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel level) =>
            category.StartsWith("Baotou.", StringComparison.Ordinal) ? level >= LogLevel.Information : level >= LogLevel.Warning;

        public void Log<TState>(
            LogLevel level,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        )
        {
            if (!IsEnabled(level))
                return;
            var cause = exception is null ? "" : $" {exception.GetType().Name}: {exception.Message}";
            lock (surroundings.Error)
                surroundings.Say($"{surroundings.Time.GetUtcNow():yyyy-MM-dd'T'HH:mm:ss'Z'} {level} {formatter(state, exception)}{cause}");
        }
    }
}
