using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Quality;
using KpiMetrics.Pipeline.Ledger;
using KpiMetrics.Pipeline.Sources;
using static System.FormattableString;

namespace KpiMetrics.Pipeline.Collection;

/// <summary>The refusal of a row that says something else than a row before it in the same report.</summary>
internal static class Contradiction
{
    public static Refusal Of(RawRow row, ReportedFigure figure, EarlierStatement earlier, int line)
    {
        var isOfStatus = earlier.Status != figure.Status;
        var now = $"value {Shown.Of(row.Value.Text)}{(isOfStatus ? $" with status {figure.Status}" : "")}";
        var before = $"{Said(earlier.Value)}{(isOfStatus ? $" with status {earlier.Status}" : "")}";
        var message = Invariant(
            $"{now}: line {line} of this report says {before} for {figure.Series.Measure}, {figure.Period}; leave only one of them"
        );
        return new(row.Line, row.Value.Address, RefusalCode.Contradiction, message);
    }

    private static string Said(FigureValue value) =>
        value.Number is not null ? value.ToString()
        : value.Text is { } text ? Shown.Of(text)
        : "nothing";
}
