using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Baotou.Payouts.Web.Access;
using Baotou.Payouts.Web.Auditing;
using Baotou.Payouts.Web.Routing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Baotou.Payouts.Web;

/// <summary>
/// Answers every request of both hosts. Nothing of a host is used but the request and its answer, so both answer alike. In this order: find
/// the route, tell who asks, count, check the role, read the body, write down what may change something, answer. Whatever is thrown on the
/// way becomes a problem without its trace.
/// </summary>
public sealed class PayoutsRouter
{
    private static readonly JsonWriterOptions Writing = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };
    private readonly RouteTable _table;
    private readonly TokenCheck _tokens;
    private readonly RateLimit _limit;
    private readonly WebOptions _options;
    private readonly TimeProvider _clock;
    private readonly ActRecorder _recorder;
    private readonly ILogger<PayoutsRouter> _log;

    internal PayoutsRouter(
        RouteTable table,
        TokenCheck tokens,
        WebOptions options,
        TimeProvider clock,
        ActRecorder recorder,
        ILogger<PayoutsRouter> log
    )
    {
        (_table, _tokens, _options, _clock, _recorder, _log) = (table, tokens, options, clock, recorder, log);
        _limit = new RateLimit(clock);
    }

    /// <summary>Writes the whole answer. What no route knows is a 404 as problem details.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        var found = _table.Find(context.Request.Path.Value ?? "");
        var method = HttpMethods.IsHead(context.Request.Method) ? HttpMethods.Get : context.Request.Method;
        var (route, values) = found.FirstOrDefault(f => f.Route.Method == method);
        var name = route?.Id ?? "none";
        using var limit = new CancellationTokenSource(route is { IsLong: true } ? _options.ExportTimeLimit : _options.TimeLimit, _clock);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, limit.Token);
        Answer answer;
        try
        {
            answer = route is null
                ? Unknown(context, found.Count > 0, [.. found.Select(f => f.Route.Method)])
                : await AnswerAsync(context, route, values, stop.Token);
            if (answer is Answer.Export export)
            {
                await StreamAsync(context, export, name, stop.Token);
                return;
            }
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            return;
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            _log.TookTooLong(context.TraceIdentifier, name);
            context.Response.Headers.RetryAfter = "5";
            answer = new Answer.Refused(Problem.TookTooLong);
        }
        catch (BadHttpRequestException e)
        {
            answer = new Answer.Refused(e.StatusCode == StatusCodes.Status413PayloadTooLarge ? Problem.TooLarge : Problem.BadRequest);
        }
        catch (Exception e)
        {
            _log.Failed(context.TraceIdentifier, name, e);
            answer = new Answer.Refused(Problem.Broken);
        }

        if (answer is Answer.Refused { Problem: var problem })
            _recorder.Refused(problem);
        await SendAsync(context, answer, name);
    }

    private Answer Unknown(HttpContext context, bool otherMethod, IReadOnlyList<string> methods)
    {
        if (Counted(context, "?" + context.Connection.RemoteIpAddress, _options.AnonymousPerMinute) is { } tooMany)
            return tooMany;
        if (!otherMethod)
            return Answer.NotFound;
        context.Response.Headers.Allow = string.Join(", ", methods);
        return new Answer.Refused(Problem.MethodNotAllowed);
    }

    private async Task<Answer> AnswerAsync(
        HttpContext context,
        Route route,
        IReadOnlyDictionary<string, string> values,
        CancellationToken cancellationToken
    )
    {
        Caller? caller = null;
        if (route.IsPublic)
        {
            if (Counted(context, "?" + context.Connection.RemoteIpAddress, _options.AnonymousPerMinute) is { } tooMany)
                return tooMany;
        }
        else
        {
            (caller, var refusal) = await WhoAsync(context, cancellationToken);
            if (caller is null)
                return Counted(context, "?" + context.Connection.RemoteIpAddress, _options.AnonymousPerMinute) ?? refusal!;
            if (Counted(context, caller.Subject, _options.RequestsPerMinute) is { } tooMany)
                return tooMany;
            if (!route.Roles.Any(caller.Is))
                return new Answer.Refused(
                    Problem.Forbidden with
                    {
                        Detail = $"This is for: {string.Join(", ", route.Roles.Select(RoleWords.Of))}.",
                    }
                );
        }

        if (context.Request.Query.Keys.FirstOrDefault(k => route.Query.All(q => q.Name != k)) is { } unknown)
            return Answer.Bad(
                $"The query knows no '{Shown(unknown)}' here{(route.Query.Count > 0 ? "; it knows " + string.Join(", ", route.Query.Select(q => q.Name)) : "")}."
            );
        if (route.TakesKey && context.Request.Headers["Idempotency-Key"].ToString() is not { Length: >= 8 and <= 128 })
            return Answer.Bad("Send an Idempotency-Key of 8 to 128 characters: a repeat with the same key does nothing new.");
        JsonElement? body = null;
        if (route.Body is not null)
        {
            (body, var refusal) = await RequestBody.ReadAsync(context.Request, _options.MostBodyBytes, cancellationToken);
            if (refusal is not null)
                return refusal;
        }

        var call = new Call(context, route, values, caller, body);
        if (route.Method == HttpMethods.Get || caller is null)
            return await route.Handler(call, cancellationToken);
        return await _recorder.RecordAsync(route, call, values, () => route.Handler(call, cancellationToken), cancellationToken);
    }

    private async Task<(Caller? Caller, Answer? Refusal)> WhoAsync(HttpContext context, CancellationToken cancellationToken)
    {
        var sent = context.Request.Headers.Authorization;
        if (sent.Count != 1 || sent[0] is not { } header || !header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
        {
            context.Response.Headers.WWWAuthenticate = "Bearer realm=\"payouts\"";
            return (null, new Answer.Refused(Problem.NoToken));
        }

        switch (await _tokens.ReadAsync(header["Bearer ".Length..].Trim(), cancellationToken))
        {
            case TokenReading.Accepted accepted:
                return (accepted.Caller, null);
            case TokenReading.Refused refused:
                context.Response.Headers.WWWAuthenticate = "Bearer realm=\"payouts\", error=\"invalid_token\"";
                return (null, new Answer.Refused(Problem.InvalidToken with { Detail = refused.Why }));
            default:
                throw new InvalidOperationException("A token is accepted or refused.");
        }
    }

    private Answer? Counted(HttpContext context, string name, int limit)
    {
        var wait = _limit.Take(name, limit);
        if (wait == TimeSpan.Zero)
            return null;
        context.Response.Headers.RetryAfter = ((int)wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        return new Answer.Refused(Problem.TooMany);
    }

    /// <summary>What is thrown before anything was sent is for the caller to answer.</summary>
    private async Task StreamAsync(HttpContext context, Answer.Export export, string route, CancellationToken cancellationToken)
    {
        var stream = new AnswerStream(context, export);
        try
        {
            await stream.SendAsync(cancellationToken);
            _log.Answered(context.TraceIdentifier, route, StatusCodes.Status200OK);
        }
        catch (Exception e) when (stream.HasBegun)
        {
            _log.Failed(context.TraceIdentifier, route, e);
            context.Abort();
        }
    }

    private async Task SendAsync(HttpContext context, Answer answer, string route)
    {
        var bytes = new ArrayBufferWriter<byte>();
        int status;
        try
        {
            status = Write(context, answer, bytes);
        }
        catch (Exception e)
        {
            _log.Failed(context.TraceIdentifier, route, e);
            bytes.ResetWrittenCount();
            status = Write(context, new Answer.Refused(Problem.Broken), bytes);
        }

        context.Response.StatusCode = status;
        SecurityHeaders.Set(context);
        context.Response.ContentLength = bytes.WrittenCount;
        if (!HttpMethods.IsHead(context.Request.Method))
            await context.Response.Body.WriteAsync(bytes.WrittenMemory, context.RequestAborted);
        _log.Answered(context.TraceIdentifier, route, status);
    }

    private static int Write(HttpContext context, Answer answer, ArrayBufferWriter<byte> bytes)
    {
        if (answer is Answer.File file)
        {
            bytes.Write(file.Bytes);
            context.Response.ContentType = file.ContentType;
            context.Response.Headers.ContentDisposition = $"attachment; filename=\"{file.Name}\"";
            return StatusCodes.Status200OK;
        }

        var status = WriteBody(context, answer, bytes);
        bytes.Write("\n"u8);
        return status;
    }

    private static int WriteBody(HttpContext context, Answer answer, ArrayBufferWriter<byte> bytes)
    {
        using var json = new Utf8JsonWriter(bytes, Writing);
        switch (answer)
        {
            case Answer.Json shown:
                shown.Write(json);
                context.Response.ContentType = "application/json; charset=utf-8";
                if (shown.Location.Length > 0)
                    context.Response.Headers.Location = shown.Location;
                if (shown.MaxAge > TimeSpan.Zero)
                    context.Response.Headers.CacheControl = $"public, max-age={(int)shown.MaxAge.TotalSeconds}";
                if (shown.Version.Length > 0)
                    context.Response.Headers.ETag = $"\"{shown.Version}\"";
                return shown.Status;
            case Answer.Refused refused:
                refused.Problem.Write(json, context.TraceIdentifier);
                context.Response.ContentType = "application/problem+json; charset=utf-8";
                return refused.Problem.Status;
            default:
                throw new InvalidOperationException("An answer shows or refuses.");
        }
    }

    private static string Shown(string text) => new([.. text.Take(40).Select(c => char.IsControl(c) ? '?' : c)]);
}
