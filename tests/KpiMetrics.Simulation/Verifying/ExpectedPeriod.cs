namespace KpiMetrics.Simulation.Verifying;

/// <summary>A period that must be reported, as found by going through the calendar day by day; by the local clock.</summary>
/// <param name="Name">As SDMX writes it.</param>
/// <param name="Created">When its obligations are to be created, at the earliest.</param>
internal sealed record ExpectedPeriod(
    string Name,
    DateTime Start,
    DateTime End,
    DateTimeOffset Opens,
    DateTimeOffset Due,
    TimeSpan Lead,
    TimeSpan Grace,
    DateTimeOffset Created
);
