using System.Globalization;
using System.Text;
using KpiMetrics.Core.Catalog;

namespace KpiMetrics.Pipeline.Catalog;

/// <summary>What <c>catalog list</c> prints for people: short columns in line, names last, as they may be long.</summary>
public static class CatalogListing
{
    private const string Absent = "-";

    /// <summary>Lines end in <c>\n</c>, the last one too.</summary>
    public static string ToText(IndicatorSet set)
    {
        var text = new StringBuilder();
        Line(text, $"{set.Code}: {set.Name}");
        Line(text, $"{set.Decision}, {set.Date}, {set.Authority}");
        foreach (var agency in set.Agencies)
            Line(text, $"reports: {agency}");
        foreach (var known in set.Events)
            Line(text, $"event: {known}");
        var columns = new Columns(set);
        foreach (var group in set.Groups)
        {
            Line(text, "");
            Line(text, $"{group.Code}  {group.Name}");
            foreach (var indicator in group.Indicators)
                Append(text, indicator, columns);
        }
        return text.ToString();
    }

    private static void Append(StringBuilder text, Indicator indicator, Columns columns)
    {
        var agency = indicator.Agency.PadRight(columns.Agency);
        var measures = indicator.Measures.Count == 1 ? "1 measure  " : $"{indicator.Measures.Count, 2} measures";
        var frequencies = Frequencies(indicator).PadRight(columns.Frequencies);
        Line(text, $"  {indicator.Code.PadRight(columns.Code)}  {frequencies}  {measures, -11}  {agency}  {indicator.Name}");
        foreach (var measure in indicator.Measures)
        {
            var kind = Vocabularies.Kinds.Word(measure.Kind).PadRight(columns.Kind);
            var unit = (measure.Unit ?? Absent).PadRight(columns.Unit);
            var origin = Origin(measure).PadRight(columns.Origin);
            Line(text, $"    {measure.Code.PadRight(columns.MeasureCode)}  {kind}  {unit}  {origin}  {measure.Name}");
        }
    }

    private static string Frequencies(Indicator indicator) =>
        string.Join("/", indicator.Frequencies.Select(Vocabularies.Frequencies.Word));

    private static string Origin(Measure measure) =>
        measure.Derived is { } derived
            ? $"{Vocabularies.DerivedRules.Word(derived.Rule)}({string.Join(", ", derived.Inputs)})"
            : "reported";

    private static void Line(StringBuilder text, FormattableString line) =>
        text.Append(line.ToString(CultureInfo.InvariantCulture).TrimEnd()).Append('\n');

    private static void Line(StringBuilder text, string line) => text.Append(line).Append('\n');

    private sealed class Columns(IndicatorSet set)
    {
        // A long agency or unit pushes its own row aside, not all the others.
        private const int Widest = 28;

        public int Code { get; } = Width(set.Indicators.Select(indicator => indicator.Code));

        public int Frequencies { get; } = Width(set.Indicators.Select(CatalogListing.Frequencies));

        public int Agency { get; } = Width(set.Indicators.Select(indicator => indicator.Agency));

        public int MeasureCode { get; } = Width(set.Measures.Select(measure => measure.Code));

        public int Kind { get; } = Width(set.Measures.Select(measure => Vocabularies.Kinds.Word(measure.Kind)));

        public int Unit { get; } = Width(set.Measures.Select(measure => measure.Unit ?? Absent));

        public int Origin { get; } = Width(set.Measures.Select(CatalogListing.Origin));

        private static int Width(IEnumerable<string> texts) =>
            texts.Select(text => text.Length).Where(length => length <= Widest).DefaultIfEmpty().Max();
    }
}
