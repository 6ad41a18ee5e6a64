using Microsoft.AspNetCore.Http;

namespace Baotou.Payouts.Web.Routing;

/// <summary>What every answer says to browsers and caches, refusals included. No cookie is ever set or read.</summary>
internal static class SecurityHeaders
{
    /// <summary>Sets them. What an answer allows caches stands.</summary>
    public static void Set(HttpContext context)
    {
        var headers = context.Response.Headers;
        if (headers.CacheControl.Count == 0)
            headers.CacheControl = "no-store";
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        if (context.Request.IsHttps)
            headers.StrictTransportSecurity = "max-age=31536000; includeSubDomains";
    }
}
