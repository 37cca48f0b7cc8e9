namespace KpiMetrics.Pipeline.Publishing.Verifying;

/// <summary>A measure as points name it; one that the catalog has, or one that only InfluxDB has.</summary>
internal sealed record MeasurePlace(string Set, string Indicator, string Measure)
{
    public IReadOnlyList<KeyValuePair<string, string>> Tags =>
        [new(InfluxNames.Set, Set), new(InfluxNames.Indicator, Indicator), new(InfluxNames.Measure, Measure)];
}
