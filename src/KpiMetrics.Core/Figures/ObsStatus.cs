using System.Collections.Frozen;

namespace KpiMetrics.Core.Figures;

/// <summary>SDMX OBS_STATUS (code list CL_OBS_STATUS 2.2): one letter saying what kind of statement an observation is.</summary>
public static class ObsStatus
{
    /// <summary>A: an ordinary figure.</summary>
    public const char Normal = 'A';

    /// <summary>P: provisional; also a computed total of which parts are still missing.</summary>
    public const char Provisional = 'P';

    /// <summary>B: a break in the series; what lies before and after cannot be compared.</summary>
    public const char Break = 'B';

    /// <summary>M: missing; the statement withdraws the figure and carries no value.</summary>
    public const char Missing = 'M';

    /// <summary>What a message lists as allowed.</summary>
    public const string Allowed = "A, B, D, E, F, G, I, J, K, L, M, N, O, P, Q, S, T, U, V, W";

    private static readonly FrozenSet<char> Codes = Allowed.Where(char.IsAsciiLetterUpper).ToFrozenSet();

    public static bool IsKnown(char code) => Codes.Contains(code);
}
