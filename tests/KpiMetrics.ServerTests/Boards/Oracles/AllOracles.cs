namespace KpiMetrics.ServerTests.Boards.Oracles;

/// <summary>The oracle of each panel of each board, by <c>uid: title</c>.</summary>
internal static class AllOracles
{
    public static IReadOnlyDictionary<string, Oracle> ByPanel { get; } =
        new[]
        {
            OverviewOracles.All,
            IndicatorOracles.All,
            ProgressOracles.All,
            QualityOracles.All,
            FieldOracles.All,
            ReformOracles.All,
            CommuneOracles.All,
            EmergencyOracles.All,
            EngineOracles.All,
        }
            .SelectMany(board => board)
            .ToDictionary(one => one.Key, one => one.Oracle, StringComparer.Ordinal);
}
