using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Derivation.Plans;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;
using KpiMetrics.Core.Quality;
using KpiMetrics.Pipeline.Ledger;
using KpiMetrics.Pipeline.Sources;
using static KpiMetrics.Pipeline.Collection.RowCells;

namespace KpiMetrics.Pipeline.Collection.Plans;

/// <summary>Turns a raw row into a plan, or says of every cell what is wrong with it. The year need not have begun.</summary>
/// <param name="locale">How numbers in text are written, where that is declared.</param>
internal sealed class PlanDoor(CatalogSnapshot catalog, IndicatorSet set, DateTimeOffset receivedAt, NumberLocale? locale)
{
    /// <summary>The plan; null where the row is refused, and then <paramref name="refusals"/> has at least one entry.</summary>
    public StatedPlan? Read(RawRow row, out IReadOnlyList<Refusal> refusals)
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
        var scheme = ReadScheme(row, faults);
        var kind = ReadKind(row, faults);
        var decision = ReadText(row, row.Decision, "decision", faults);
        var note = ReadText(row, row.Note, "note", faults);
        var hasSubject = Usable(row, row.Subject, "subject", faults);
        var hasArea = Present(row, row.Area, "area", faults);
        var hasValue = row.Value.IsEmpty
            ? Present(row, row.Value, "value", faults)
            : ValueCell.Check(row, ObsStatus.Normal, faults);
        string? subject = null;
        Area? area = null;
        decimal? value = null;
        if (found is var (_, measure))
        {
            if (hasSubject)
                Note(faults, row, row.Subject, SubjectDoor.Find(measure, row.Subject.Text, out subject));
            if (measure.Kind == MeasureKind.Text)
                Note(
                    faults,
                    row,
                    row.Measure,
                    new(RefusalCode.NoPlanOfTexts, $"{measure.Code} is a text; only numbers have plans")
                );
            else if (hasValue)
                value = ValueCell.Read(row, measure, ObsStatus.Normal, locale, faults)?.Number;
        }
        if (period is { } stated)
            Note(faults, row, row.Period, CheckPeriod(stated));
        if (hasArea && period is { } at)
            Note(faults, row, row.Area, AreaDoor.Find(catalog, set, found?.Item1, row.Area.Text, at, out area));
        if (faults.Count > 0 || found is not var (_, what) || period is not { } when || value is not { } given || area is null)
            return null;
        return new(
            new PlanKey(set.Code, what.Code, subject ?? "", area.Id),
            new PlanVersion(scheme, when, given, kind, decision, receivedAt, note)
        );
    }

    private static DoorFault? CheckPeriod(Period period) =>
        period.Frequency >= Frequency.Month
            ? null
            : new(
                RefusalCode.WrongFrequency,
                $"period '{period}' has frequency {period.Frequency.Code()}; a plan is of a year (A) or a part of it: S, Q, M"
            );

    private static string ReadScheme(RawRow row, List<Refusal> faults)
    {
        var text = ReadText(row, row.Scheme, "scheme", faults) ?? "";
        if (text.Length > 0 && !CodePatterns.IsLower(text))
        {
            var message = $"scheme {Shown.Of(text)} is no code; write it like du-toan, or leave it empty for the ordinary plan";
            faults.Add(new(row.Line, row.Scheme.Address, RefusalCode.BadPlanScheme, message));
        }
        return text;
    }

    private static PlanKind ReadKind(RawRow row, List<Refusal> faults)
    {
        if (ReadText(row, row.Kind, "kind", faults) is not { } text)
            return PlanKind.Assigned;
        if (!PlanKindName.TryParse(text, out var kind))
        {
            var message = $"kind {Shown.Of(text)} is unknown; allowed: {PlanKindName.Allowed}";
            faults.Add(new(row.Line, row.Kind.Address, RefusalCode.BadPlanKind, message));
        }
        return kind;
    }

    private static string? ReadText(RawRow row, RawCell cell, string column, List<Refusal> faults) =>
        Usable(row, cell, column, faults) && !cell.IsEmpty ? cell.Text : null;
}
