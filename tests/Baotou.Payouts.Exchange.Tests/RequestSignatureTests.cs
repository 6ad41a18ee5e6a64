using Baotou.Payouts.Exchange.Http;

namespace Baotou.Payouts.Exchange.Tests;

public sealed class RequestSignatureTests
{
    [Fact]
    public void A_cursor_request_is_signed_over_service_requester_and_milliseconds() =>
        Assert.Equal("bKHt6bx/c1e/f7c9EzYp1fKNp8K+2dXXBomQrNnKPsg=", RequestSignature.OfCursorRequest("sid", "rid", 1672531200000, "key"));

    [Fact]
    public void A_snapshot_request_is_signed_over_client_milliseconds_and_nonce() =>
        Assert.Equal(
            "lCdlVGI7yssaI1/8sBg9vV4s6xhAyvL3oAR/QcSQwd4=",
            RequestSignature.OfSnapshotRequest("client", 1672531200000, "nonce", "key")
        );
}
