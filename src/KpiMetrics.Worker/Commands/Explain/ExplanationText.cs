using System.Globalization;
using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Derivation;
using KpiMetrics.Core.Derivation.Explaining;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Derivation;
using KpiMetrics.Worker.Commands.Xlsx;

namespace KpiMetrics.Worker.Commands.Explain;

/// <summary>What <c>explain</c> prints for people.</summary>
internal sealed class ExplanationText
{
    private readonly TextPage page = new();
    private readonly FigureExplanation figure;
    private readonly InputTree inputs;

    /// <param name="asOf">The instant asked of; null: now.</param>
    public ExplanationText(CatalogSnapshot catalog, TimedExplanation timed, DateTimeOffset? asOf)
    {
        figure = timed.Figure;
        inputs = new(page, catalog, figure.Value.Series);
        Head(asOf);
        Value();
        foreach (var comparison in figure.Comparisons)
            Comparison(comparison);
        if (figure.Otherwise is { } otherwise)
            Recomputed(otherwise);
        page.Blank();
        BasisText.Write(page, figure);
        page.Blank();
        page.Heading($"đọc {Milliseconds(timed.Reading)}, tính {Milliseconds(timed.Computing)}");
    }

    public override string ToString() => page.ToString();

    private void Head(DateTimeOffset? asOf)
    {
        var (series, measure) = (figure.Value.Series, figure.Basis.Measure);
        var subject = series.Subject.Length > 0 ? $"/{series.Subject}" : "";
        page.Heading($"{series.Set}/{series.Measure}/{series.Area}{subject}, {figure.Value.Period} ({series.Frequency.Code()})");
        page.Blank();
        page.Field("Chỉ tiêu", $"{measure.Number} {measure.Name}");
        if (measure.Subjects.FirstOrDefault(known => known.Code == series.Subject) is { } of)
            page.Field("Phân tổ", $"{of.Code} {of.Name}");
        page.Field("Địa bàn", $"{series.Area} {figure.Basis.Area?.FullName}");
        page.Field("Kỳ", $"{PeriodVietnamese.Of(figure.Value.Period)}: {BasisText.Span(figure.Basis.Window)}");
        if (asOf is { } at)
            page.Field("Tính đến", InstantText.Print(at));
        page.Blank();
    }

    private void Value()
    {
        var value = figure.Value;
        var said = value.Said;
        var number = InputTree.Number(value);
        page.Field(
            "Giá trị",
            value.Result.Value is null ? said?.Value.Text ?? "không có" : $"{number} {figure.Basis.Measure.Unit}"
        );
        if (value.Result.Value is null && said?.Value.Text is null)
            page.Field("Lý do", value.Result.WhyVietnamese);
        if (value.Coverage is var (have, need))
            page.Field("Đủ đầu vào", $"{have}/{need}");
        if (said is not null && said.ReceivedAt != DateTimeOffset.MinValue)
        {
            page.Field("Trạng thái", $"{said.Status} {said.Vintage.Name()} ({VintageVietnamese.Of(said)})");
            page.Field("Nguồn", said.Source == DemoSource.Name ? $"{said.Source} ({DemoSource.Notice})" : said.Source);
            page.Field("Nhận lúc", InstantText.Print(said.ReceivedAt));
            page.Field("Ghi chú", said.Note);
        }
        Revisions(value);
        foreach (var (other, agrees) in value.Others)
            page.Field(
                "Nguồn khác",
                $"{other.Source}: {InputTree.Digits(other.Value)}, {(agrees ? "giống" : "khác")}, {InstantText.Print(other.ReceivedAt)}. {other.Note}"
            );
        inputs.Write(value, 0);
        inputs.IsShown(value);
    }

    private void Revisions(Explanation value)
    {
        if (value.Revisions.Count == 1)
            page.Field("Lần công bố", "1/1");
        else if (value.Revisions.Count > 1)
        {
            foreach (var (at, statement, counts) in value.Revisions)
                page.Field(
                    $"Lần {at}/{value.Revisions.Count}",
                    $"{InputTree.Digits(statement.Value)} {statement.Status} {statement.Vintage.Name()}, {statement.Source}, {InstantText.Print(statement.ReceivedAt)}{(counts ? " (đang dùng)" : "")}"
                );
        }
    }

    private void Recomputed(Explanation otherwise)
    {
        page.Blank();
        page.Heading($"Tính lại từ các hàng khác: {InputTree.Number(otherwise)} {figure.Basis.Measure.Unit}");
        inputs.Write(otherwise, 2);
    }

    private void Comparison(Explanation compared)
    {
        page.Blank();
        var title = $"{ExplanationWords.Title(compared.Part)} ({ExplanationWords.Code(compared.Part)})";
        if (compared.Result.Value is not { } number)
        {
            page.Heading($"{title}: không có, {compared.Result.WhyVietnamese}");
            if (compared.Result.Absence is Absence.Incomplete or Absence.PeriodsDiffer or Absence.WindowsDiffer)
                inputs.Write(compared, 2);
            return;
        }
        var coverage = compared.Coverage is var (have, need) ? $", {have}/{need} kỳ" : "";
        page.Heading($"{title}: {FormulaText.Rounded(number)} {Unit(compared.Part)}".TrimEnd() + coverage);
        inputs.Write(compared, 2);
        if (compared.Part == ExplainedPart.Plan && figure.Progress is { } progress)
            BasisText.Write(page, progress, compared.Period);
    }

    private string? Unit(ExplainedPart part) =>
        part switch
        {
            ExplainedPart.Ytd => figure.Basis.Measure.Unit,
            ExplainedPart.Plan => "%",
            _ => !figure.Basis.Measure.InPoints ? "%"
            : figure.Basis.Measure.Unit == "%" ? "điểm %"
            : "điểm",
        };

    private static string Milliseconds(TimeSpan span)
    {
        var text = span.TotalMilliseconds.ToString(span.TotalMilliseconds < 10 ? "0.#" : "0", CultureInfo.InvariantCulture);
        return $"{text.Replace('.', ',')} ms";
    }
}
