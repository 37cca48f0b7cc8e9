using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Catalog;
using KpiMetrics.Worker.Api.Problems;

namespace KpiMetrics.Worker.Api;

/// <summary>Codes in addresses and queries; what is not there is 404, what cannot be read 400, each with what is allowed.</summary>
internal static class ApiCodes
{
    public static IndicatorSet Set(CatalogSnapshot catalog, string code) =>
        catalog.FindSet(code)
        ?? throw new ProblemException(
            404,
            "unknown-set",
            $"There is no set {Shown.Of(code)}; allowed: {string.Join(", ", catalog.Sets.Select(set => set.Code))}."
        );

    public static string? Indicator(CatalogSnapshot catalog, IndicatorSet set, string? code) =>
        Known(
            "indicator",
            set,
            code,
            code is not null && catalog.FindIndicator(set.Code, code) is not null,
            set.Indicators.Select(of => of.Code)
        );

    public static string? Measure(CatalogSnapshot catalog, IndicatorSet set, string? code) =>
        Known(
            "measure",
            set,
            code,
            code is not null && catalog.FindMeasure(set.Code, code) is not null,
            set.Measures.Select(of => of.Code)
        );

    /// <summary>The identities of the areas that bear or bore the code.</summary>
    public static IReadOnlyList<string>? Areas(CatalogSnapshot catalog, string? code)
    {
        if (code is null)
            return null;
        var areas = catalog.AreasWithCode(code).Select(area => area.Id).ToList();
        return areas.Count > 0
            ? areas
            : throw new ProblemException(
                404,
                "unknown-area",
                $"No area bears or bore the code {Shown.Of(code)}; allowed are codes of provinces and communes, such as {string.Join(", ", catalog.Areas.Take(3).Select(area => area.Code))}."
            );
    }

    public static Period? Period(string name, string? text)
    {
        if (text is null)
            return null;
        return Core.Periods.Period.TryParse(text, out var period, out var why)
            ? period
            : throw new ProblemException(400, "bad-period", $"{name} {why}");
    }

    public static Frequency? Frequency(string? letter)
    {
        if (letter is null)
            return null;
        return FrequencyCode.TryParse(letter, out var frequency)
            ? frequency
            : throw new ProblemException(400, "bad-frequency", $"freq is {Shown.Of(letter)}; allowed: {FrequencyCode.Allowed}.");
    }

    private static string? Known(string what, IndicatorSet set, string? code, bool isKnown, IEnumerable<string> codes)
    {
        if (code is null || isKnown)
            return code;
        var near = Suggestion.For(code, codes) is { } suggested
            ? $"did you mean {suggested}?"
            : $"/api/v1/sets/{set.Code} lists its codes.";
        throw new ProblemException(404, $"unknown-{what}", $"Set {set.Code} has no {what} {Shown.Of(code)}; {near}");
    }
}
