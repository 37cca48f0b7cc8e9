using System.Security.Cryptography;
using System.Text;
using KpiMetrics.Core.Periods;
using KpiMetrics.Core.Quality.Checks;
using static System.FormattableString;

namespace KpiMetrics.Pipeline.Ledger.Sql;

/// <summary>Tells the findings of one measure apart; by it one check knows again what another found.</summary>
/// <param name="Source">Who stated the figure; empty where it does not matter.</param>
/// <param name="Against">What the figure is held against: one figure may break several rules of one code.</param>
internal readonly record struct FindingIdentity(
    string Subject,
    string Area,
    Period Period,
    string Code,
    string Source,
    string Against
)
{
    // So that it fits into an index.
    private const int Longest = 200;

    public static FindingIdentity Of(KeptFinding kept) =>
        new(kept.Series.Subject, kept.Series.Area, kept.Period, kept.Code, kept.Source, kept.Against);

    /// <summary>Each finding by its identity, in their order.</summary>
    public static Dictionary<FindingIdentity, Finding> Of(IEnumerable<Finding> findings)
    {
        var known = new Dictionary<FindingIdentity, Finding>();
        foreach (var finding in findings)
        {
            var against = AgainstOf(finding);
            var identity = new FindingIdentity(
                finding.Subject,
                finding.Area,
                finding.Period,
                finding.Code,
                finding.Source ?? "",
                against
            );
            // No two should come to the same; where they do, neither is lost.
            for (var next = 2; !known.TryAdd(identity, finding); next++)
                identity = identity with { Against = Invariant($"{against} {next}") };
        }
        return known;
    }

    private static string AgainstOf(Finding finding)
    {
        // Against its own past; which figure of that it is best compared with may change.
        if (finding.Verdict == FindingVerdict.Suspicion)
            return "";
        var inputs = finding
            .Inputs.Select(input =>
                TellsSources(finding.Kind) && input.Source is { } source ? $"{input.Place.Measure}@{source}" : input.Place.Measure
            )
            .Distinct(StringComparer.Ordinal);
        var text = string.Join(
            ' ',
            finding.Verdict == FindingVerdict.NotComputable ? inputs.Prepend(finding.Kind.Code()) : inputs
        );
        return text.Length <= Longest ? text : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }

    // A figure is held against what counts and against what its own source says, or against every other source. Of parts, the offices that send them may change.
    private static bool TellsSources(CheckKind kind) =>
        kind
            is CheckKind.IdentityRatio
                or CheckKind.IdentityRatioOf
                or CheckKind.IdentitySum
                or CheckKind.IdentitySumOfSubjects
                or CheckKind.IdentityDifference
                or CheckKind.AtMost
                or CheckKind.IdentityEqual
                or CheckKind.Sources;
}
