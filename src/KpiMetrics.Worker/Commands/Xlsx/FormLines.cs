using System.Text.RegularExpressions;
using KpiMetrics.Core.Catalog;

namespace KpiMetrics.Worker.Commands.Xlsx;

/// <summary>The rows of a group's form in document order, whether there are figures or not.</summary>
internal static partial class FormLines
{
    private const int DeepestIndent = 3;

    /// <param name="group">The group; of it only what the export is of.</param>
    /// <param name="subjectsOf">The subjects a measure has figures of: an open list may have got more than the document names.</param>
    public static IReadOnlyList<FormLine> Of(
        IndicatorGroup group,
        ExportScope scope,
        Func<string, IEnumerable<string>> subjectsOf
    ) =>
        [
            .. group
                .Indicators.Where(indicator => scope.Indicator is null || indicator.Code == scope.Indicator)
                .SelectMany(indicator => OfIndicator(indicator, scope.Measure, subjectsOf)),
        ];

    private static IEnumerable<FormLine> OfIndicator(
        Indicator indicator,
        string? only,
        Func<string, IEnumerable<string>> subjectsOf
    )
    {
        var measures = indicator.Measures.Where(measure => only is null || measure.Code == only).ToList();
        if (measures.Count == 0)
            yield break;
        var isOneRow = IsPrintedAs(measures[0], indicator);
        if (!isOneRow)
            yield return new(FormLineKind.Indicator, indicator.Number, indicator.Name, "", 0, null, "");
        string? under = null;
        foreach (var measure in measures)
        {
            if (measure.Under is { } heading && heading != under)
                yield return Heading(heading);
            under = measure.Under;
            var isFirst = isOneRow && measure == measures[0];
            var indent = isFirst ? 0 : Depth(measure.Number);
            yield return new(
                isFirst ? FormLineKind.Indicator : FormLineKind.Measure,
                measure.Number ?? (isFirst ? indicator.Number : ""),
                measure.Name,
                measure.Unit ?? "",
                indent,
                measure.Code,
                ""
            );
            foreach (var (code, name) in Subjects(measure, subjectsOf(measure.Code)))
                yield return new(FormLineKind.Subject, "", name, measure.Unit ?? "", indent + 1, measure.Code, code);
        }
    }

    // Where an indicator is one figure, or its first is its total, the document prints both as one row.
    private static bool IsPrintedAs(Measure measure, Indicator indicator) =>
        measure.Name == indicator.Name && (measure.Number is null || measure.Number == indicator.Number) && measure.Under is null;

    private static IEnumerable<Subject> Subjects(Measure measure, IEnumerable<string> reported) =>
        measure.Subjects.Concat(
            reported.Where(code => measure.Subjects.All(subject => subject.Code != code)).Select(code => new Subject(code, code))
        );

    private static FormLine Heading(string text)
    {
        var match = NumberedHeading().Match(text);
        return new(FormLineKind.Heading, match.Groups["number"].Value, match.Groups["name"].Value, "", 1, null, "");
    }

    // 3.1.2. is set in by two; a row without a number by one.
    private static int Depth(string? number)
    {
        var parts = number?.Split('.', StringSplitOptions.RemoveEmptyEntries).Length ?? 0;
        return Math.Clamp(parts - 1, 1, DeepestIndent);
    }

    [GeneratedRegex(
        @"^((?<number>[0-9]+(\.[0-9]+)+\.?)\s+)?(?<name>.*)$",
        RegexOptions.ExplicitCapture | RegexOptions.Singleline,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex NumberedHeading();
}
