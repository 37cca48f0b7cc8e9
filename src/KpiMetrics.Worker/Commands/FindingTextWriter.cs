using System.Globalization;
using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Quality.Checks;
using KpiMetrics.Core.Quality.Detectors;
using KpiMetrics.Pipeline.Checks;

namespace KpiMetrics.Worker.Commands;

/// <summary>Findings for an office: a block for each, contradictions first, then what cannot be computed and what is suspected, then the counts.</summary>
/// <param name="isAll">Each figure that could not be held against its past is shown too, not only how many there are.</param>
internal sealed class FindingTextWriter(TextWriter output, CatalogSnapshot catalog, bool isAll) : IFindingWriter
{
    // What was computed is shown with so many decimals more than what was stated, where it has them.
    private const int MoreDecimals = 2;

    private readonly List<Finding> notComputable = [];
    private readonly List<Finding> suspected = [];
    private readonly List<UntestableFigure> untestable = [];
    private readonly SortedDictionary<UntestableReason, int> reasons = [];
    private int contradictions;
    private int agreed;
    private int untested;
    private int tested;

    public void Write(MeasureChecked result)
    {
        agreed += result.Agreed;
        untested += result.Untested;
        tested += result.Tested;
        foreach (var figure in result.Untestables)
            reasons[figure.Why.Reason] = reasons.GetValueOrDefault(figure.Why.Reason) + 1;
        if (isAll)
            untestable.AddRange(result.Untestables);
        foreach (var finding in result.Findings)
        {
            if (finding.Verdict == FindingVerdict.NotComputable)
            {
                notComputable.Add(finding);
                continue;
            }
            if (finding.Verdict == FindingVerdict.Suspicion)
            {
                suspected.Add(finding);
                continue;
            }
            if (contradictions++ == 0)
                WriteHeading("MÂU THUẪN");
            Write(finding);
        }
    }

    public void Complete()
    {
        if (notComputable.Count > 0)
            WriteHeading("KHÔNG TÍNH ĐƯỢC");
        notComputable.ForEach(Write);
        if (suspected.Count > 0)
            WriteHeading("ĐÁNG NGỜ");
        suspected.ForEach(Write);
        if (untestable.Count > 0)
            WriteHeading("CHƯA KIỂM TRA ĐƯỢC");
        untestable.ForEach(Write);
        var lacking =
            untested > 0 ? string.Create(CultureInfo.InvariantCulture, $", {untested} chưa kiểm được vì thiếu số liệu") : "";
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{contradictions} mâu thuẫn, {notComputable.Count} không tính được, {agreed} phép kiểm khớp{lacking}"
            )
        );
        var left = reasons.Values.Sum();
        if (tested + left > 0)
            output.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"So với các kỳ trước: {suspected.Count} đáng ngờ trong {tested} số liệu, {left} chưa so được{Reasons()}"
                )
            );
    }

    public void Dispose() { }

    private void WriteHeading(string heading)
    {
        output.WriteLine(heading);
        output.WriteLine();
    }

    private void Write(Finding finding)
    {
        var area = catalog.FindAreaById(finding.Area)?.FullName ?? finding.Area;
        output.WriteLine(
            $"  {finding.Place} ({finding.Measure}), {VietnamesePeriod.Text(finding.Period)}, {area}: {Numbers(finding)}"
        );
        output.WriteLine($"    {finding.Vietnamese}");
        if (finding.Origin is { } origin)
            output.WriteLine($"    Căn cứ: {origin}");
        if (finding.Source == DemoSource.Name)
            output.WriteLine($"    Nguồn: {DemoSource.Name} ({DemoSource.Notice})");
        output.WriteLine();
    }

    private void Write(UntestableFigure figure)
    {
        var (about, why) = figure;
        var area = catalog.FindAreaById(about.Area)?.FullName ?? about.Area;
        var place = Place.Of(about.Set, about.Measure, about.Subject);
        output.WriteLine($"  {place} ({about.Measure.Code}), {VietnamesePeriod.Text(about.Period)}, {area}");
        output.WriteLine($"    {why.Vietnamese}");
        output.WriteLine();
    }

    private string Reasons()
    {
        if (reasons.Count == 0)
            return "";
        var counts = reasons.Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.Value} {one.Key.Vietnamese()}"));
        return $" ({string.Join(", ", counts)})";
    }

    private static string Numbers(Finding finding)
    {
        var stated = $"nêu {VietnameseNumber.Text(finding.Stated)}";
        if (finding is not { Recomputed: { } recomputed, Difference: { } difference })
            return stated;
        var other = finding.Kind switch
        {
            CheckKind.Sources => "nguồn kia nêu",
            CheckKind.Statistical => "dự kiến",
            _ => "tính lại",
        };
        return $"{stated}, {other} {Rounded(recomputed, finding)}, chênh {Rounded(difference, finding)}";
    }

    private static string Rounded(decimal value, Finding finding)
    {
        var places = Math.Min(DerivedText.MostDigits, finding.Stated.Places + MoreDecimals);
        var shortest = decimal.Parse(DerivedText.Print(decimal.Round(value, places)), CultureInfo.InvariantCulture);
        return VietnameseNumber.Text(shortest, shortest.Scale);
    }
}
