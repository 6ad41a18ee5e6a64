using System.Buffers;
using Baotou.Payouts.Application.Exporting;
using Microsoft.AspNetCore.Http;

namespace Baotou.Payouts.Web.Routing;

/// <summary>
/// Sends a file while it is made, a few dozen kilobytes at a time. Nothing is sent before the first of them are there, so that trouble
/// until then is a refusal like any other; trouble after that breaks the connection off, so that half a file is never taken for a whole
/// one.
/// </summary>
internal sealed class AnswerStream(HttpContext context, Answer.Export export)
{
    private const int AtATime = 64 * 1024;

    private readonly Held _held = new();

    /// <summary>Whether something was sent.</summary>
    public bool HasBegun { get; private set; }

    /// <summary>Makes and sends it.</summary>
    public async Task SendAsync(CancellationToken cancellationToken)
    {
        if (!HttpMethods.IsHead(context.Request.Method))
            await export.WriteAsync(
                new ExportTarget(_held, stop => _held.Bytes.WrittenCount < AtATime ? ValueTask.CompletedTask : FlushAsync(stop)),
                cancellationToken
            );
        await FlushAsync(cancellationToken);
    }

    private async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        if (!HasBegun)
        {
            context.Response.StatusCode = StatusCodes.Status200OK;
            context.Response.ContentType = export.ContentType;
            context.Response.Headers.ContentDisposition = $"attachment; filename=\"{export.Name}\"";
            SecurityHeaders.Set(context);
            HasBegun = true;
        }

        await context.Response.Body.WriteAsync(_held.Bytes.WrittenMemory, cancellationToken);
        _held.Bytes.ResetWrittenCount();
    }

    /// <summary>What was written and not yet sent. It cannot go back, so whoever writes an archive into it does not try.</summary>
    private sealed class Held : Stream
    {
        public ArrayBufferWriter<byte> Bytes { get; } = new(AtATime * 2);

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override void Flush()
        {
            // It is sent when it is much; see AnswerStream.
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => Bytes.Write(buffer.AsSpan(offset, count));

        public override void Write(ReadOnlySpan<byte> buffer) => Bytes.Write(buffer);
    }
}
