using Baotou.Payouts.Exchange.Http;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Logging;
using Polly;

namespace Baotou.Payouts.Exchange;

/// <summary>
/// The one layer of retries, time-outs, breaking and rate limiting between us and an agency. Every value stands here with its reason;
/// the queue behind it (five deliveries of a message) is the only other thing that tries again, and it does so minutes later.
/// <para>The measure: a source that fails 30 % of its answers must still be walked to its end.</para>
/// </summary>
public sealed record ExchangeResilience
{
    /// <summary>
    /// How long one attempt may take, body included. Default 10 s: a page of 1,000 records is about 400 KB, two seconds on a bad line of
    /// the government network; five times that is trouble.
    /// </summary>
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Attempts after the first, 1 or more. Default 6: at 30 % failures seven attempts fail together twice in 10,000 pages; the library's
    /// default of 3 would fail once in 120 pages, that is in most walks.
    /// </summary>
    public int MaxRetries { get; init; } = 6;

    /// <summary>
    /// The wait before the first retry; it doubles each time, with jitter so that parallel walks do not come back together. Default 500 ms.
    /// </summary>
    public TimeSpan BaseDelay { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The longest wait between two attempts. Default 8 s: longer would hold a queue message for nothing.</summary>
    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromSeconds(8);

    /// <summary>
    /// How long one page may take in all. Default 2 minutes: seven attempts of 10 s and 23 s of waits fit. It also bounds a
    /// <c>Retry-After</c> of any length. A message is hidden longer than this while a page is read.
    /// </summary>
    public TimeSpan TotalTimeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>
    /// The share of failures from which nothing is sent for <see cref="BreakDuration"/>. Default 0.9: the breaker is for an agency that is
    /// down. The library's default of 0.1 would stay open for ever on a source that fails one answer in five and yet delivers.
    /// </summary>
    public double BreakAtFailureRatio { get; init; } = 0.9;

    /// <summary>
    /// How many answers there must be in <see cref="BreakerWindow"/> before the share counts. Default 20: at 50 % failures 18 of 20 fail
    /// twice in 10,000 windows.
    /// </summary>
    public int BreakerMinimum { get; init; } = 20;

    /// <summary>The window over which failures are counted; at least twice <see cref="AttemptTimeout"/>. Default 60 s.</summary>
    public TimeSpan BreakerWindow { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// How long nothing is sent once the breaker is open. Default 15 s: long enough for a restart behind a gateway, shorter than a
    /// message's next delivery.
    /// </summary>
    public TimeSpan BreakDuration { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// How many requests may be under way at one agency at once. Default 4: agencies' gateways serve all bureaus of the city, we are one of
    /// them.
    /// </summary>
    public int MaxConcurrent { get; init; } = 4;

    /// <summary>
    /// The largest answer that is read, in bytes. Default 8 MiB: 1,000 records of 2 KB, four times over. A larger answer is refused, not
    /// retried.
    /// </summary>
    public int MaxAnswerBytes { get; init; } = 8 * 1024 * 1024;

    /// <summary>
    /// Hands the values to the standard handler, which checks that they fit together, and has each attempt told that is made again.
    /// </summary>
    internal void Configure(HttpStandardResilienceOptions standard, string source, ILogger log)
    {
        standard.AttemptTimeout.Timeout = AttemptTimeout;
        standard.TotalRequestTimeout.Timeout = TotalTimeout;
        standard.Retry.MaxRetryAttempts = MaxRetries;
        standard.Retry.Delay = BaseDelay;
        standard.Retry.MaxDelay = MaxDelay;
        standard.Retry.BackoffType = DelayBackoffType.Exponential;
        standard.Retry.UseJitter = true;
        standard.CircuitBreaker.FailureRatio = BreakAtFailureRatio;
        standard.CircuitBreaker.MinimumThroughput = BreakerMinimum;
        standard.CircuitBreaker.SamplingDuration = BreakerWindow;
        standard.CircuitBreaker.BreakDuration = BreakDuration;
        standard.RateLimiter.DefaultRateLimiterOptions.PermitLimit = MaxConcurrent;
        standard.RateLimiter.DefaultRateLimiterOptions.QueueLimit = 1_000;
        standard.Retry.OnRetry = failed =>
        {
            log.AttemptFailed(
                source,
                failed.AttemptNumber + 1,
                MaxRetries + 1,
                (long)failed.Duration.TotalMilliseconds,
                AttemptTrouble.Of(failed.Outcome)
            );
            return ValueTask.CompletedTask;
        };
        standard.CircuitBreaker.OnOpened = opened =>
        {
            log.LineBroken(source, AttemptTrouble.Of(opened.Outcome), (long)opened.BreakDuration.TotalSeconds);
            return ValueTask.CompletedTask;
        };
    }
}
