using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Derivation;

namespace KpiMetrics.Worker.Commands;

/// <summary>The CSV of DESIGN 9: one line a figure, empty where there is none; texts are safe to open in a spreadsheet.</summary>
internal sealed class FigureCsvWriter : IFigureWriter
{
    private static readonly string[] Header =
    [
        "set",
        "indicator",
        "measure",
        "subject",
        "area",
        "freq",
        "period",
        "value",
        "unit",
        "status",
        "vintage",
        "revision",
        "received_at",
        "pop",
        "yoy",
        "ytd",
        "ytd_have",
        "ytd_need",
        "ytd_yoy",
        "plan",
    ];

    private readonly CsvWriter csv;

    public FigureCsvWriter(TextWriter output)
    {
        csv = new(output, new CsvConfiguration(CultureInfo.InvariantCulture) { NewLine = "\n" }, leaveOpen: true);
        foreach (var column in Header)
            csv.WriteField(column);
        csv.NextRecord();
    }

    public void Write(FigureRow row)
    {
        if (FigureText.IsNothing(row))
            return;
        var (series, measure, _, derived) = row;
        var (figure, current) = (derived.Figure, derived.Figure.Current);
        csv.WriteField(series.Set);
        csv.WriteField(series.Indicator);
        csv.WriteField(series.Measure);
        csv.WriteField(series.Subject);
        csv.WriteField(row.AreaText);
        csv.WriteField(series.Frequency.Code());
        csv.WriteField(figure.Period.ToString());
        csv.WriteField(FigureText.Value(figure));
        csv.WriteField(measure.Unit);
        csv.WriteField(current.Status.ToString());
        csv.WriteField(current.Vintage.Name());
        csv.WriteField(FigureText.Revision(figure));
        csv.WriteField(FigureText.ReceivedAt(figure));
        csv.WriteField(FigureText.Number(derived.Pop));
        csv.WriteField(FigureText.Number(derived.Yoy));
        csv.WriteField(FigureText.Number(derived.Ytd.Total));
        var hasTotal = derived.Ytd.Total.Value is not null;
        csv.WriteField(hasTotal ? derived.Ytd.Have.ToString(CultureInfo.InvariantCulture) : "");
        csv.WriteField(hasTotal ? derived.Ytd.Need.ToString(CultureInfo.InvariantCulture) : "");
        csv.WriteField(FigureText.Number(derived.YtdYoy));
        csv.WriteField(FigureText.Number(derived.Plan));
        csv.NextRecord();
    }

    public void Complete() => csv.Flush();

    public void Dispose() => csv.Dispose();
}
