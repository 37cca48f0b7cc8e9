namespace KpiMetrics.Worker.Demo;

/// <summary>How large an area is against the one that the levels are of, by nothing but its identity: a list of areas imported later changes no figure.</summary>
internal static class DemoSizes
{
    private const double BacGiang = 0.44;
    private const double BacNinh = 0.56;

    /// <summary>1 for the merged province; its two predecessors make 1 together. Others 0.6 to 1.6.</summary>
    public static double Of(DemoDice dice, string area) =>
        area switch
        {
            "24@2025-07-01" => BacGiang + BacNinh,
            "24@1997-01-01" => BacGiang,
            "27@1997-01-01" => BacNinh,
            _ => 0.6 + dice.And("size").And(area).Unit,
        };
}
