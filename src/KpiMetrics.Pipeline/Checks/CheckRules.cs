using System.Security.Cryptography;
using System.Text;
using KpiMetrics.Core.Obligations;
using static System.FormattableString;

namespace KpiMetrics.Pipeline.Checks;

/// <summary>By what sets are checked: where it is another, each is checked anew.</summary>
internal static class CheckRules
{
    /// <param name="rules">Names the catalog and the build.</param>
    /// <param name="emergencies">They explain what is unusual: one that is declared, extended or stopped changes what is found.</param>
    public static string Of(string rules, IReadOnlyList<Emergency> emergencies)
    {
        if (emergencies.Count == 0)
            return rules;
        var spans = emergencies.Select(one =>
            Invariant($"{one.Id} {one.From.ToUnixTimeMilliseconds()} {one.Until.ToUnixTimeMilliseconds()}")
        );
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join(',', spans)));
        return $"{rules} {Convert.ToHexStringLower(hash.AsSpan(0, 8))}";
    }
}
