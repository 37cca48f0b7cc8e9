using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Sources;
using KpiMetrics.Tests.Obligations;

namespace KpiMetrics.Tests.Collection;

/// <summary>A source in this process that answers what a test tells it to; what it was asked is kept in order.</summary>
internal sealed class DutyScript(Func<SourceQuestion, IReadOnlyList<SourceReport>> answer) : IPulledSource
{
    public List<string> Asked { get; } = [];

    public SourceOptions Options { get; } =
        new ScriptOptions
        {
            Name = "script",
            Set = DutyWorld.SetCode,
            Lookback = 1,
        };

    public Task<IReadOnlyList<SourceReport>> AskAsync(SourceQuestion question, CancellationToken cancellationToken)
    {
        Asked.Add(question.ToString());
        return Task.FromResult(answer(question));
    }

    /// <summary>All four communes of a month say the same.</summary>
    public static IReadOnlyList<SourceReport> Months(SourceQuestion question, string value) =>
        [new(null, [.. question.Periods.SelectMany(period => Rows(period, value))])];

    public static IEnumerable<RawRow> Rows(Period period, string value) =>
        period.Start < new DateTime(2026, 3, 1)
            ? Rows(period, value, "02001", "02002", "02003", "02004")
            : Rows(period, value, "02001", "02002", "02003", "02005");

    public static IEnumerable<RawRow> Rows(Period period, string value, params string[] areas) =>
        areas.Select(
            (area, at) =>
                new RawRow(at + 1)
                {
                    Indicator = Text("LC-A01"),
                    Measure = Text("LC-A01.01"),
                    Area = Text(area),
                    Period = Text(period.ToString()),
                    Value = new(value, CellKind.Number, ""),
                }
        );

    private static RawCell Text(string text) => new(text, CellKind.Text, "");

    private sealed class ScriptOptions : SourceOptions;
}
