namespace KpiMetrics.Core.Quality.Detectors;

/// <summary>Which units are mistaken for each other, by how much the figure is off.</summary>
internal static class UnitWords
{
    // Each is what precedes it times the factor; by steps up and down such a list units are mistaken.
    private static readonly (string Name, decimal Size)[][] Families =
    [
        [
            ("đồng", 1m),
            ("nghìn đồng", 1_000m),
            ("triệu đồng", 1_000_000m),
            ("tỷ đồng", 1_000_000_000m),
            ("nghìn tỷ đồng", 1_000_000_000_000m),
        ],
        [("USD", 1m), ("nghìn USD", 1_000m), ("triệu USD", 1_000_000m), ("tỷ USD", 1_000_000_000m)],
        [("kg", 1m), ("yến", 10m), ("tạ", 100m), ("tấn", 1_000m), ("nghìn tấn", 1_000_000m), ("triệu tấn", 1_000_000_000m)],
        [("m²", 1m), ("ha", 10_000m), ("km²", 1_000_000m), ("nghìn ha", 10_000_000m)],
        [("mm", 1m), ("cm", 10m), ("m", 1_000m), ("km", 1_000_000m)],
        [("người", 1m), ("nghìn người", 1_000m), ("triệu người", 1_000_000m)],
        [("m³", 1m), ("nghìn m³", 1_000m), ("triệu m³", 1_000_000m)],
        [("kWh", 1m), ("MWh", 1_000m), ("triệu kWh", 1_000_000m)],
    ];

    /// <summary>What a figure of the unit was counted in, that is too large by the factor; null where no such unit is known.</summary>
    public static (string Counted, string Printed)? Mistaken(string? unit, decimal factor)
    {
        var printed = Plain(unit);
        if (printed == "%")
            return factor is 0.01m or 100m ? ("tỷ lệ thập phân", "phần trăm") : null;
        foreach (var family in Families)
        {
            foreach (var (name, size) in family)
            {
                if (!string.Equals(name, printed, StringComparison.OrdinalIgnoreCase))
                    continue;
                foreach (var (other, counted) in family)
                {
                    if (counted * factor == size)
                        return (other, name);
                }
            }
        }
        return null;
    }

    private static string Plain(string? unit) =>
        (unit ?? "")
            .Normalize()
            .Trim()
            .Replace("VNĐ", "đồng", StringComparison.OrdinalIgnoreCase)
            .Replace("VND", "đồng", StringComparison.OrdinalIgnoreCase)
            .Replace("tỉ", "tỷ", StringComparison.OrdinalIgnoreCase)
            .Replace("ngàn", "nghìn", StringComparison.OrdinalIgnoreCase)
            .Replace("m2", "m²", StringComparison.OrdinalIgnoreCase)
            .Replace("m3", "m³", StringComparison.OrdinalIgnoreCase);
}
