using Microsoft.AspNetCore.Http;

namespace Baotou.Payouts.Web;

/// <summary>Answers every request of both hosts. Nothing of a host is used but the request and its answer, so both answer alike.</summary>
public sealed class PayoutsRouter
{
    /// <summary>Writes the whole answer. What no route knows is a 404 as problem details.</summary>
    public Task HandleAsync(HttpContext context) => context.Request.Path.Value switch
    {
        "/healthz" when HttpMethods.IsGet(context.Request.Method) => Results.Json(new { status = "ok" }).ExecuteAsync(context),
        _ => Results.Problem(statusCode: StatusCodes.Status404NotFound, title: "There is nothing here.").ExecuteAsync(context),
    };
}
