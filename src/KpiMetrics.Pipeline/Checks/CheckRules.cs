using System.Security.Cryptography;
using System.Text;
using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Obligations;
using static System.FormattableString;

namespace KpiMetrics.Pipeline.Checks;

/// <summary>By what a set is checked: where it is another, it is checked anew.</summary>
internal static class CheckRules
{
    /// <param name="rules">Names the catalog and the build.</param>
    /// <param name="emergencies">They explain what is unusual: one that is declared, extended or stopped changes what is found.</param>
    /// <param name="events">As emergencies; those of the set, which have no part in <paramref name="rules"/>.</param>
    public static string Of(string rules, IReadOnlyList<Emergency> emergencies, IReadOnlyList<SetEvent> events)
    {
        if (emergencies.Count == 0 && events.Count == 0)
            return rules;
        var spans = emergencies
            .Select(one => Invariant($"{one.Id} {one.From.ToUnixTimeMilliseconds()} {one.Until.ToUnixTimeMilliseconds()}"))
            .Concat(events.Select(one => one.ToString()));
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join(',', spans)));
        return $"{rules} {Convert.ToHexStringLower(hash.AsSpan(0, 8))}";
    }
}
