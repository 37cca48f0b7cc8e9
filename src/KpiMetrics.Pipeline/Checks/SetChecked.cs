namespace KpiMetrics.Pipeline.Checks;

/// <summary>What one check of a set came to.</summary>
/// <param name="Measures">How many have reported figures.</param>
/// <param name="Firing">How many findings hold.</param>
/// <param name="Added">How many of them did not hold before.</param>
/// <param name="Resolved">How many hold no longer.</param>
public sealed record SetChecked(int Measures, int Firing, int Added, int Resolved)
{
    /// <summary>How many figures were held against their own past.</summary>
    public int Tested { get; init; }

    /// <summary>How many could not be, as too little of it is known.</summary>
    public int Untestable { get; init; }
}
