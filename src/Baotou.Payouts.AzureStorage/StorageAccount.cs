using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Identity;
using Azure.Storage.Queues;
using Baotou.Payouts.AzureStorage.Queues;
using Baotou.Payouts.AzureStorage.Rows;

namespace Baotou.Payouts.AzureStorage;

/// <summary>
/// A storage account: where its tables and queues are, and how often they were asked. Every request is counted, also each further try of
/// the client library.
/// <para>
/// The client library tries again after a time-out, a broken connection or a busy service, writes included. That is safe because the
/// protocol reads after every refusal: a repeated add whose first answer was lost is told <see cref="CommitOutcome.Exists"/> and finds its
/// own row, a repeated update is told <see cref="CommitOutcome.Changed"/> and finds its own content. There is no second layer of retries
/// above it.
/// </para>
/// </summary>
public sealed class StorageAccount
{
    private const string EmulatorAccount = "devstoreaccount1";

    // A proxy set for the way out must not be asked for this machine; by default it would be.
    private static readonly HttpClientTransport Straight = new(
        new HttpClient(
            new SocketsHttpHandler
            {
                UseProxy = false,
                AllowAutoRedirect = false,
                UseCookies = false,
            }
        )
        {
            Timeout = Timeout.InfiniteTimeSpan,
        }
    );

    private StorageAccount(TableServiceClient tables, QueueServiceClient queues, StorageMeter meter)
    {
        TableService = tables;
        QueueService = queues;
        Meter = meter;
    }

    /// <summary>What was asked of this account so far.</summary>
    public StorageMeter Meter { get; }

    /// <summary>
    /// True if this is an emulator: its account name is the well-known one, or it is served by this machine. What an emulator acknowledges
    /// is not durable, so nothing that moves real money may rest on it.
    /// </summary>
    public bool IsEmulator =>
        TableService.AccountName == EmulatorAccount
        || QueueService.AccountName == EmulatorAccount
        || TableService.Uri.IsLoopback
        || QueueService.Uri.IsLoopback;

    /// <summary>Where its tables are.</summary>
    public Uri Tables => TableService.Uri;

    internal TableServiceClient TableService { get; }

    internal QueueServiceClient QueueService { get; }

    /// <summary>Whether it is a connection string; nothing of it is repeated.</summary>
    public static bool IsConnectionString(string connection)
    {
        try
        {
            return new QueueServiceClient(connection).Uri.IsAbsoluteUri && new TableServiceClient(connection).Uri.IsAbsoluteUri;
        }
        catch (Exception e) when (e is FormatException or ArgumentException or InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>The account of a connection string; nothing is sent yet.</summary>
    /// <exception cref="FormatException">It is no connection string; so is <see cref="ArgumentException"/>.</exception>
    public static StorageAccount FromConnectionString(string connection, StorageMeter meter) =>
        FromConnectionString(connection, meter, _ => { });

    /// <summary>
    /// The same with its options changed last, both those of tables and those of queues: how tests stand in the client library's own
    /// pipeline.
    /// </summary>
    /// <exception cref="FormatException">It is no connection string; so is <see cref="ArgumentException"/>.</exception>
    internal static StorageAccount FromConnectionString(string connection, StorageMeter meter, Action<ClientOptions> change)
    {
        ArgumentException.ThrowIfNullOrEmpty(connection);
        ArgumentNullException.ThrowIfNull(meter);
        bool here = new TableServiceClient(connection).Uri.IsLoopback;
        var (tables, queues) = (TableOptions(meter, here), QueueOptions(meter, here));
        change(tables);
        change(queues);
        return new StorageAccount(new TableServiceClient(connection, tables), new QueueServiceClient(connection, queues), meter);
    }

    /// <summary>The account at these addresses under an identity of the platform, without any key; nothing is sent yet.</summary>
    public static StorageAccount FromIdentity(Uri tables, Uri queues, TokenCredential credential, StorageMeter meter)
    {
        ArgumentNullException.ThrowIfNull(tables);
        ArgumentNullException.ThrowIfNull(queues);
        ArgumentNullException.ThrowIfNull(credential);
        ArgumentNullException.ThrowIfNull(meter);
        return new StorageAccount(
            new TableServiceClient(tables, credential, TableOptions(meter, here: false)),
            new QueueServiceClient(queues, credential, QueueOptions(meter, here: false)),
            meter
        );
    }

    /// <summary>The account whose tables are at an address, as whoever is signed in on this machine; nothing is sent yet.</summary>
    public static StorageAccount FromSignedIn(Uri tables, StorageMeter meter)
    {
        ArgumentNullException.ThrowIfNull(tables);
        var queues = new UriBuilder(tables) { Host = tables.Host.Replace(".table.", ".queue.", StringComparison.Ordinal) }.Uri;
        return FromIdentity(tables, queues, new DefaultAzureCredential(), meter);
    }

    /// <summary>The rows of this account.</summary>
    public AzureRowStore OpenRows() => new(this);

    /// <summary>The queues of this account.</summary>
    public AzureWorkQueue OpenQueues() => new(this);

    private static TableClientOptions TableOptions(StorageMeter meter, bool here)
    {
        var options = new TableClientOptions();
        SetTransport(options, here);
        options.AddPolicy(new Counting(meter.CountTable), HttpPipelinePosition.PerRetry);
        return options;
    }

    private static QueueClientOptions QueueOptions(StorageMeter meter, bool here)
    {
        // Base64 is what the platform's triggers expect unless told otherwise; host.json says the same, and the solution's tests hold them
        // together.
        var options = new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 };
        options.MessageDecodingFailed += StrayMessage.ParkAsync;
        SetTransport(options, here);
        options.AddPolicy(new Counting(meter.CountQueue), HttpPipelinePosition.PerRetry);
        return options;
    }

    /// <summary>
    /// Four tries within about a minute and a half at worst. Thirty seconds a try: the service itself gives up on a table request after 30,
    /// and an emulator that saves a big file answers nobody for up to 7.
    /// </summary>
    private static void SetTransport(ClientOptions options, bool here)
    {
        if (here)
        {
            options.Transport = Straight;
        }

        options.Retry.Mode = RetryMode.Exponential;
        options.Retry.MaxRetries = 3;
        options.Retry.Delay = TimeSpan.FromMilliseconds(400);
        options.Retry.MaxDelay = TimeSpan.FromSeconds(5);
        options.Retry.NetworkTimeout = TimeSpan.FromSeconds(30);
    }

    private sealed class Counting(Action count) : HttpPipelineSynchronousPolicy
    {
        public override void OnSendingRequest(HttpMessage message) => count();
    }
}
