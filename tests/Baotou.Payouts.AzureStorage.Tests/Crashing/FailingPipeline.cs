using Azure.Core;
using Azure.Core.Pipeline;
using Baotou.Payouts.Testing;

namespace Baotou.Payouts.AzureStorage.Tests.Crashing;

/// <summary>
/// Stands in the client library's own pipeline, below its retries, and lets requests fail as planned: each try of the library is a call.
/// </summary>
internal sealed class FailingPipeline(FaultPlan plan) : HttpPipelinePolicy
{
    /// <summary>
    /// An account whose requests pass through here, with as many tries after the first as given, without waits between them.
    /// </summary>
    public StorageAccount Account(string connection, int retries) =>
        StorageAccount.FromConnectionString(
            connection,
            new StorageMeter(),
            options =>
            {
                options.Retry.MaxRetries = retries;
                options.Retry.Delay = options.Retry.MaxDelay = TimeSpan.Zero;
                options.Diagnostics.IsLoggingEnabled =
                    options.Diagnostics.IsDistributedTracingEnabled =
                    options.Diagnostics.IsTelemetryEnabled =
                        false;
                options.AddPolicy(this, HttpPipelinePosition.PerRetry);
            }
        );

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        (long call, Fault fault) = plan.Next(KindOf(message.Request));
        if (fault == Fault.BeforeEffect)
        {
            throw new PlantedFaultException(call);
        }

        await ProcessNextAsync(message, pipeline);
        if (fault != Fault.None)
        {
            message.Response.Dispose();
            await plan.LoseAnswerAsync(call, fault);
        }
    }

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
        throw new NotSupportedException("The product waits for no answer with a thread.");

    /// <summary>To take messages is a GET that hides them.</summary>
    private static CallKind KindOf(Request request) =>
        request.Method == RequestMethod.Get && !request.Uri.Path.EndsWith("/messages", StringComparison.Ordinal)
            ? CallKind.Read
            : CallKind.Write;
}
