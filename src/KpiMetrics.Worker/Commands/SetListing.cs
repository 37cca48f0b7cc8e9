using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using KpiMetrics.Core.Catalog;

namespace KpiMetrics.Worker.Commands;

/// <summary>The sets themselves, a line or an object each.</summary>
internal static class SetListing
{
    private static readonly JsonSerializerOptions Json = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
    };

    public static string Of(CatalogSnapshot catalog, bool json) =>
        json
            ? JsonSerializer.Serialize(
                catalog.Sets.Select(set => new
                {
                    code = set.Code,
                    name = set.Name,
                    authority = set.Authority,
                    decision = set.Decision,
                    date = set.Date,
                    indicators = set.Indicators.Count(),
                    measures = set.Measures.Count(),
                    events = set.Events.Select(known => new
                    {
                        name = known.Name,
                        from = known.From,
                        to = known.To,
                        areas = known.Areas,
                        indicators = known.Indicators,
                        origin = known.Origin,
                    }),
                }),
                Json
            )
            : string.Join(Environment.NewLine, catalog.Sets.Select(Line));

    private static string Line(IndicatorSet set) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{set.Code, -10} {set.Indicators.Count(), 4} indicators {set.Measures.Count(), 5} measures  {set.Authority}, {set.Decision} ({set.Date})"
        );
}
