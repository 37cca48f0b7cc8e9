using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Derivation;

namespace KpiMetrics.Worker.Commands;

/// <summary>SDMX-CSV 2.0 (of SDMX 3.0): each set a dataflow, each figure an observation, its derivations attributes of it.</summary>
/// <remarks>
/// By the field guide of sdmx-twg/sdmx-csv, v2.0.0: ids instead of names, the decimal mark a point, empty where there is no value.
/// The action is I (information), which a loader takes as adding to what it has.
/// </remarks>
internal sealed class FigureSdmxCsvWriter : IFigureWriter
{
    private const string NoSubject = "_T";

    private static readonly string[] Header =
    [
        "STRUCTURE",
        "STRUCTURE_ID",
        "ACTION",
        "FREQ",
        "REF_AREA",
        "INDICATOR",
        "MEASURE",
        "SUBJECT",
        "TIME_PERIOD",
        "OBS_VALUE",
        "UNIT_MEASURE",
        "OBS_STATUS",
        "VINTAGE",
        "REVISION",
        "RECEIVED_AT",
        "POP",
        "YOY",
        "YTD",
        "YTD_HAVE",
        "YTD_NEED",
        "YTD_YOY",
        "PLAN",
        "SOURCE",
    ];

    private readonly CsvWriter csv;

    public FigureSdmxCsvWriter(TextWriter output)
    {
        // The field guide refers to RFC 4180, whose lines end with both characters.
        csv = new(output, new CsvConfiguration(CultureInfo.InvariantCulture) { NewLine = "\r\n" }, leaveOpen: true);
        foreach (var column in Header)
            csv.WriteField(column);
        csv.NextRecord();
    }

    public void Write(FigureRow row)
    {
        if (FigureText.IsNothing(row))
            return;
        var (series, figure, derived) = (row.Series, row.Derived.Figure, row.Derived);
        var current = figure.Current;
        csv.WriteField("dataflow");
        csv.WriteField(Dataflow(series.Set));
        csv.WriteField("I");
        csv.WriteField(series.Frequency.Code());
        csv.WriteField(row.AreaText);
        csv.WriteField(series.Indicator);
        csv.WriteField(series.Measure);
        csv.WriteField(series.Subject.Length > 0 ? series.Subject : NoSubject);
        csv.WriteField(TimePeriod(figure.Period));
        csv.WriteField(FigureText.Value(figure));
        csv.WriteField(SpreadsheetSafe.Of(row.Measure.Unit ?? ""));
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
        csv.WriteField(current.Source);
        csv.NextRecord();
    }

    public void Complete() => csv.Flush();

    public void Dispose() => csv.Dispose();

    // SDMX ids have letters, digits and underscores; a set's code has no underscore, so two sets never share an id.
    private static string Dataflow(string set) => $"KPIMETRICS:{set.ToUpperInvariant().Replace('-', '_')}(1.0)";

    // Where we cut an hour short, SDMX knows only a date-time in full.
    private static string TimePeriod(Period period) => period.Frequency == Frequency.Hour ? $"{period}:00:00" : period.ToString();
}
