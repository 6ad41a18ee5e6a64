using Baotou.Payouts.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Baotou.Payouts.Functions;

/// <summary>Hands every request to the router both hosts share; who may do what is decided there, not by the platform's keys.</summary>
public sealed class HttpTriggers(PayoutsRouter router)
{
    /// <summary>Answers a request. The router has written the whole answer when this returns.</summary>
    [Function("Http")]
    public async Task<IResult> HandleAsync([HttpTrigger(AuthorizationLevel.Anonymous, Route = "{*path}")] HttpRequest request)
    {
        await router.HandleAsync(request.HttpContext);
        return Results.Empty;
    }
}
