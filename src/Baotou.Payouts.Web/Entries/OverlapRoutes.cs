using Baotou.Payouts.Application.Describing;
using Baotou.Payouts.Domain.Policies;
using Baotou.Payouts.Web.Access;
using Baotou.Payouts.Web.OpenApi;
using Baotou.Payouts.Web.Routing;

namespace Baotou.Payouts.Web.Entries;

/// <summary>
/// What the text leaves to the bureaus: awards that may be drawn for the same thing while nobody ruled whether both are due.
/// </summary>
internal sealed class OverlapRoutes(Catalogue catalogue) : IRoutes
{
    private readonly Withholding _withholding = new(catalogue);

    /// <inheritdoc/>
    public IEnumerable<Route> Routes =>
        [
            new()
            {
                Id = "overlaps",
                Method = "GET",
                Pattern = "/api/catalogue/overlaps",
                Roles = [Role.Officer, Role.Bureau, Role.Auditor],
                Summary =
                    "The overlaps between awards that the text leaves unruled, with what is asked; a bureau those that touch an entry of its own. Until one is ruled, each award is decided by itself.",
                Shows = Schema.Object(
                    (
                        "overlaps",
                        Schema.List(
                            Schema.Object(
                                ("between", Schema.List(Schema.Text())),
                                ("questionZh", Schema.Text()),
                                ("questionEn", Schema.Text())
                            )
                        )
                    )
                ),
                Handler = (call, _) => Task.FromResult(List(call)),
            },
        ];

    private Answer List(Call call)
    {
        var overlaps = catalogue.Overlaps.Where(o => o.Between.Any(id => _withholding.Concerns(call.Caller, id)));
        return Answer.Ok(json =>
        {
            json.WriteStartObject();
            json.WritePropertyName("overlaps");
            CatalogueJson.WriteOverlaps(json, overlaps);
            json.WriteEndObject();
        });
    }
}
