namespace KpiMetrics.Core.Obligations;

/// <summary>What is announced of one year: its days off, and the weekend days that are worked instead. All days lie in the year.</summary>
/// <param name="Version">Of the file that says so.</param>
public sealed record WorkingYear(int Year, string Version, IReadOnlyList<DaysOff> Off, IReadOnlyList<WorkedDay> Worked);
