using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Quality;
using KpiMetrics.Pipeline.Ledger;
using KpiMetrics.Pipeline.Sources;
using static KpiMetrics.Pipeline.Collection.RowCells;

namespace KpiMetrics.Pipeline.Collection;

/// <summary>Turns a raw row into a figure, or says of every cell what is wrong with it.</summary>
/// <param name="receivedAt">A period must have begun by then.</param>
/// <param name="locale">How numbers in text are written, where that is declared.</param>
/// <param name="agency">The office that reports, where it is known; a row may name its own.</param>
internal sealed class RowDoor(
    CatalogSnapshot catalog,
    IndicatorSet set,
    TimeZoneInfo zone,
    DateTimeOffset receivedAt,
    NumberLocale? locale,
    string? agency
)
{
    /// <summary>The figure; null where the row is refused, and then <paramref name="refusals"/> has at least one entry.</summary>
    public ReportedFigure? Read(RawRow row, out IReadOnlyList<Refusal> refusals)
    {
        var faults = new List<Refusal>();
        refusals = faults;
        if (row.Fault is { } unreadable)
        {
            faults.Add(new(row.Line, "", RefusalCode.UnreadableRow, unreadable));
            return null;
        }
        var found = FindMeasure(catalog, set, row, faults);
        var period = ReadPeriod(row, faults);
        var status = ReadStatus(row, faults);
        var vintage = ReadVintage(row, faults);
        var note = Usable(row, row.Note, "note", faults) && !row.Note.IsEmpty ? row.Note.Text : null;
        var hasSubject = Usable(row, row.Subject, "subject", faults);
        var hasArea = Present(row, row.Area, "area", faults);
        var hasUnit = Usable(row, row.Unit, "unit", faults) && !row.Unit.IsEmpty;
        var hasAgency = Usable(row, row.Agency, "agency", faults) && !row.Agency.IsEmpty;
        var hasValue = ValueCell.Check(row, status, faults);
        string? subject = null;
        Area? area = null;
        FigureValue? value = null;
        if (found is var (indicator, measure))
        {
            if (hasSubject)
                Note(faults, row, row.Subject, SubjectDoor.Find(measure, row.Subject.Text, out subject));
            if (hasValue)
                value = ValueCell.Read(row, measure, status, locale, faults);
            if (hasUnit)
                Note(faults, row, row.Unit, UnitDoor.Check(measure, row.Unit.Text));
            if ((hasAgency ? row.Agency.Text : agency) is { } office)
                Note(faults, row, row.Agency, AgencyDoor.Check(set, indicator, measure, period, office));
            if (hasAgency && agency is not null && !PrintedText.IsSame(row.Agency.Text, agency))
                faults.Add(new(row.Line, row.Agency.Address, RefusalCode.WrongAgency, OtherSender(row.Agency.Text, agency)));
            if (period is { } known)
                Note(faults, row, row.Period, PeriodDoor.Check(set, indicator, measure, known, receivedAt, zone));
        }
        if (hasArea && period is { } at)
            Note(faults, row, row.Area, AreaDoor.Find(catalog, set, found?.Item1, row.Area.Text, at, out area));
        if (faults.Count > 0 || found is not var (of, what) || period is not { } when || value is not { } given || area is null)
            return null;
        var series = new SeriesKey(set.Code, of.Code, what.Code, subject ?? "", area.Id, when.Frequency);
        return new(series, when, given, status, vintage, note);
    }

    private static char ReadStatus(RawRow row, List<Refusal> faults)
    {
        if (!Usable(row, row.Status, "status", faults) || row.Status.IsEmpty)
            return ObsStatus.Normal;
        if (row.Status.Text.Length == 1 && ObsStatus.IsKnown(row.Status.Text[0]))
            return row.Status.Text[0];
        faults.Add(
            new(
                row.Line,
                row.Status.Address,
                RefusalCode.BadStatus,
                $"status {Shown.Of(row.Status.Text)} is unknown; allowed: {ObsStatus.Allowed}"
            )
        );
        return ObsStatus.Normal;
    }

    private static Vintage ReadVintage(RawRow row, List<Refusal> faults)
    {
        if (!Usable(row, row.Vintage, "vintage", faults) || row.Vintage.IsEmpty)
            return Vintage.Official;
        if (VintageName.TryParse(row.Vintage.Text, out var vintage))
            return vintage;
        var message = $"vintage {Shown.Of(row.Vintage.Text)} is unknown; allowed: {VintageName.Allowed}";
        faults.Add(new(row.Line, row.Vintage.Address, RefusalCode.BadVintage, message));
        return Vintage.Official;
    }

    private static string OtherSender(string named, string agency) =>
        $"agency {Shown.Of(named)}: the report is of {Shown.Of(agency)}; leave it empty or name that";
}
