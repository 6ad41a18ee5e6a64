using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Baotou.Payouts.Web.Tests;

/// <summary>What the router does with a request, whoever hosts it.</summary>
public sealed class Routing
{
    [Theory]
    [InlineData("GET", "/healthz", 200)]
    [InlineData("POST", "/healthz", 404)]
    [InlineData("GET", "/nothing-here", 404)]
    public async Task A_path_has_its_answer(string method, string path, int status)
    {
        var context = new DefaultHttpContext { RequestServices = new ServiceCollection().AddLogging().BuildServiceProvider() };
        context.Request.Method = method;
        context.Request.Path = path;

        await new PayoutsRouter().HandleAsync(context);

        Assert.Equal(status, context.Response.StatusCode);
    }
}
