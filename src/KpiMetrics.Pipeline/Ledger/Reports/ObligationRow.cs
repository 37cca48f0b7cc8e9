using KpiMetrics.Core.Obligations;

namespace KpiMetrics.Pipeline.Ledger.Reports;

/// <summary>An obligation as far as reports can change it.</summary>
/// <param name="Period">Whole periods of the duty's frequency since 1900.</param>
/// <param name="Needs">Codes of measures, a space between.</param>
/// <param name="Whole">Of an hour: the day it folds into.</param>
/// <param name="Parts">Of a day: how many hours stand for it; 0: none can.</param>
internal sealed record ObligationRow(
    Duty Duty,
    long DutyId,
    int Period,
    string Area,
    long PlaceId,
    string Needs,
    int? Whole,
    int Parts
);
