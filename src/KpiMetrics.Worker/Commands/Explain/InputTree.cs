using System.Globalization;
using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Derivation.Explaining;
using KpiMetrics.Core.Figures;
using KpiMetrics.Worker.Composition;

namespace KpiMetrics.Worker.Commands.Explain;

/// <summary>The formula of an explanation and its inputs, depth first; what was shown once is not shown again.</summary>
/// <param name="root">The series explained: of an input only what differs from it is named.</param>
internal sealed class InputTree(TextPage page, CatalogSnapshot catalog, SeriesKey root)
{
    private const int MostRows = 12;
    private const int Step = 4;

    private readonly HashSet<Explanation> shown = new(ReferenceEqualityComparer.Instance);

    /// <summary>The number as a person reads it; digit for digit where it was reported.</summary>
    public static string Number(Explanation explained) =>
        explained.Result.Value is not { } number ? "-"
        : explained is { Way: null, Said: { } said } ? Digits(said.Value)
        : FormulaText.Rounded(number);

    public static string Digits(FigureValue value) => value == FigureValue.None ? "(rút lại)" : value.ToString();

    public void Write(Explanation explained, int indent)
    {
        if (explained.Inputs.Count == 0 || !shown.Add(explained))
            return;
        var formula = explained.Formula is { } symbols ? $": {symbols}" : "";
        page.Field("Công thức", ExplanationWords.Formula(explained) + formula, indent);
        page.Field("Đầu vào", Counted(explained), indent);
        var rows = explained.Inputs.Take(MostRows).Select(input => (Input: input, Cells: Cells(input))).ToList();
        var widths = Enumerable
            .Range(0, rows.Max(row => row.Cells.Length))
            .Select(at => rows.Max(row => at < row.Cells.Length - 1 ? row.Cells[at].Length : 0))
            .ToList();
        foreach (var (input, cells) in rows)
        {
            page.Row(cells, widths, indent + Step);
            Below(input.Of, indent + Step + Step);
        }
        if (explained.Inputs.Count <= MostRows)
            return;
        var rest = explained.Inputs.Skip(MostRows).ToList();
        page.Remark(
            $"... và {rest.Count} mục nữa, tổng {FormulaText.Rounded(rest.Sum(input => input.Number ?? 0m))}",
            indent + Step
        );
    }

    private static string Counted(Explanation explained)
    {
        var known = explained.Inputs.Count(input => input.Of.Result.Value is not null);
        return known == explained.Inputs.Count ? $"{known}" : $"{known}/{explained.Inputs.Count}";
    }

    /// <summary>Once it is told what was said of a figure, it is not told again.</summary>
    public bool IsShown(Explanation explained) => !shown.Add(explained);

    private void Below(Explanation input, int indent)
    {
        if (input.Inputs.Count == 0 && IsShown(input))
            return;
        if (input is { Way: null, Said.Note: { Length: > 0 } note })
            page.Remark($"ghi chú: {note}", indent);
        if (input.Revisions.Count > 1)
        {
            var said = input.Revisions.Select(revision =>
                $"lần {revision.Number}: {Digits(revision.Statement.Value)} ({revision.Statement.Vintage.Name()}, {Clock(revision.Statement.ReceivedAt)})"
            );
            page.Remark($"đã công bố: {string.Join("; ", said)}", indent);
        }
        foreach (var (other, agrees) in input.Others)
            page.Remark($"nguồn khác: {other.Source} {Digits(other.Value)} ({(agrees ? "giống" : "khác")})", indent);
        Write(input, indent);
    }

    private string[] Cells(ExplainedInput input)
    {
        var of = input.Of;
        var weight = input.Weight is 1m or -1m ? "" : $" x {DerivedText.Print(input.Weight)}";
        var link = input.Link == 1m ? "" : $" / {DerivedText.Print(input.Link)}";
        return [ExplanationWords.Role(input.Role), Name(of), $"{Number(of)}{weight}{link}", .. Source(of)];
    }

    private string Name(Explanation of)
    {
        var series = of.Series;
        var names = new List<string>();
        if (of is { Part: ExplainedPart.Season, Season: { } season })
            names.Add($"{season.Name} {season.Year}");
        else if (of.Part != ExplainedPart.Value)
            names.Add($"{ExplanationWords.Title(of.Part)} ({ExplanationWords.Code(of.Part)})");
        if (series.Measure != root.Measure)
            names.Add(series.Measure);
        if (series.Subject != root.Subject)
            names.Add(series.Subject);
        if (series.Area != root.Area)
            names.Add($"{series.Area} {catalog.FindAreaById(series.Area)?.FullName}".TrimEnd());
        names.Add(of.Period.ToString());
        return string.Join(' ', names);
    }

    // Status and vintage, revision, source, instant; what is computed has a coverage in their place, what is missing a reason.
    private static string[] Source(Explanation of)
    {
        if (of.Result.Value is null)
            return [$"không có: {of.Result.WhyVietnamese}"];
        if (of.Plan is { } plan)
            return [ExplanationWords.Kind(plan.Kind), plan.Decision ?? "", Clock(plan.ReceivedAt)];
        if (of.Said is not { } said)
            return [of.Coverage is var (have, need) ? $"{have}/{need} kỳ" : "tính toán"];
        var coverage = of.Coverage is var (some, all) ? $"{some}/{all}" : $"lần {RevisionOf(of)}";
        return [$"{said.Status} {said.Vintage.Name()}", coverage, said.Source, Clock(said.ReceivedAt)];
    }

    // By the clock of Vietnam, as short as a column wants it.
    private static string Clock(DateTimeOffset instant) =>
        TimeZoneInfo.ConvertTime(instant, VietnamTime.Zone).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    private static int RevisionOf(Explanation of) =>
        of.Revisions.FirstOrDefault(revision => ReferenceEquals(revision.Statement, of.Said))?.Number ?? 1;
}
