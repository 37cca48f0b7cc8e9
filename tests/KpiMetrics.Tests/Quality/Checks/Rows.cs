using System.Globalization;
using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Quality.Checks;

namespace KpiMetrics.Tests.Quality.Checks;

/// <summary>Rows and printed figures for checks.</summary>
internal static class Rows
{
    public static readonly Measure Dossiers = Of("T.01", "Hồ sơ");
    public static readonly Measure Money = Of("T.02", "Tỷ đồng");
    public static readonly Measure Tonnes = Of("T.03", "Tấn");
    public static readonly Measure Rate = Of("T.04", "%") with { Kind = MeasureKind.Ratio };

    public static Measure Of(string code, string? unit) =>
        new()
        {
            Code = code,
            Name = code,
            Kind = MeasureKind.Flow,
            Unit = unit,
            Aggregation = Aggregation.Sum,
        };

    /// <summary>"98.60" keeps its two places; null stays null.</summary>
    public static PrintedNumber? Printed(Measure measure, string? text) =>
        text is null ? null : PrintedNumber.Of(decimal.Parse(text, CultureInfo.InvariantCulture), measure);

    public static CheckInput Input(Measure measure, string? text) => new(measure, Printed(measure, text));

    public static CheckResult Check(Measure measure, IdentityRule rule, string? stated, params CheckInput[] inputs) =>
        IdentityCheck.Evaluate(
            measure,
            new(rule, [.. inputs.Select(input => input.Measure.Code)], null),
            Printed(measure, stated),
            inputs
        );
}
