using System.Net;
using Baotou.Payouts.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Baotou.Payouts.Local.Hosting;

/// <summary>Answers HTTP on this machine: the same router as in the cloud, over an engine put together here.</summary>
internal sealed class LocalHost : IAsyncDisposable
{
    private const long MostBodyBytes = 1024 * 1024;
    private readonly WebApplication _application;

    private LocalHost(WebApplication application) => _application = application;

    /// <summary>Where it listens.</summary>
    public Uri Address { get; private set; } = new("http://127.0.0.1/");

    /// <summary>Starts to listen on the loopback address.</summary>
    /// <param name="engine">What requests are answered from; it must outlive the host.</param>
    /// <param name="port">A port, or 0 for a free one.</param>
    /// <param name="cancellationToken">Stops the start.</param>
    /// <exception cref="IOException">The port is in use.</exception>
    public static async Task<LocalHost> StartAsync(LocalEngine engine, int port, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton<IHostLifetime, EndsWithItsOwner>();
        builder
            .WebHost.UseKestrelCore()
            .ConfigureKestrel(kestrel =>
            {
                kestrel.AddServerHeader = false;
                kestrel.Limits.MaxRequestBodySize = MostBodyBytes;
                kestrel.Listen(IPAddress.Loopback, port);
            });
        var application = builder.Build();
        application.Run(context => AnswerAsync(engine, context));
        try
        {
            await application.StartAsync(cancellationToken);
        }
        catch
        {
            await application.DisposeAsync();
            throw;
        }

        return new LocalHost(application) { Address = new Uri(application.Urls.Single() + "/") };
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync();
        await _application.DisposeAsync();
    }

    private static async Task AnswerAsync(LocalEngine engine, HttpContext context)
    {
        // A page of another site whose name was made to point here sends that name: it gets nothing, whatever it holds.
        if (context.Request.Host.Host is not ("127.0.0.1" or "localhost"))
        {
            context.Response.StatusCode = StatusCodes.Status421MisdirectedRequest;
            return;
        }

        await using var scope = engine.Services.CreateAsyncScope();
        context.RequestServices = scope.ServiceProvider;
        await engine.Get<PayoutsRouter>().HandleAsync(context);
    }

    /// <summary>Signals are the command's business: it stops the host when it is told to.</summary>
    private sealed class EndsWithItsOwner : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
