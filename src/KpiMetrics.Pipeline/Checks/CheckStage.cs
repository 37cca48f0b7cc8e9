using KpiMetrics.Core.Catalog;
using KpiMetrics.Pipeline.Checks.Statistics;
using KpiMetrics.Pipeline.Ledger;
using KpiMetrics.Pipeline.Ledger.Claims;

namespace KpiMetrics.Pipeline.Checks;

/// <summary>Keeps in the ledger what <see cref="LedgerChecks"/> find, of each set whose figures, plans, rules, emergencies or events are no longer those of its last check.</summary>
/// <remarks>
/// May be run at any time, twice with the same result, and killed at any moment: a set whose check did not end is checked again. What is recorded while a
/// set is checked is for the next check of it. A measure without figures is not checked, and its findings stay as they are: they are closed only by evidence.
/// </remarks>
/// <param name="rules">Names the catalog, but for events, and the build; where it is another, every set is checked anew.</param>
/// <param name="rest">How long a set is left alone after a check, whatever is reported; zero: not at all.</param>
public sealed class CheckStage(
    CatalogSnapshot catalog,
    ILedger ledger,
    IFindings findings,
    IEmergencies emergencies,
    string rules,
    TimeSpan rest
)
{
    /// <summary>The sets to be checked now, in the catalog's order.</summary>
    public async Task<IReadOnlyList<string>> ReadDueAsync(DateTimeOffset at, CancellationToken cancellationToken)
    {
        var declared = await emergencies.ReadEmergenciesAsync(cancellationToken);
        var known = (await findings.ReadChecksAsync(cancellationToken)).ToDictionary(check => check.Set, StringComparer.Ordinal);
        return
        [
            .. catalog
                .Sets.Where(set =>
                    !known.TryGetValue(set.Code, out var check)
                    || IsOutdated(check, CheckRules.Of(rules, declared, set.Events)) && !IsResting(check, at)
                )
                .Select(set => set.Code),
        ];
    }

    /// <summary>Checks a set, and keeps what is found measure by measure.</summary>
    /// <param name="now">Asked when the check begins and when it ends.</param>
    /// <param name="claim">Under which it is made; null: under none.</param>
    /// <exception cref="ClaimLostException">Somebody else has the claim; the measures that were kept are as good as any, the others are left to him.</exception>
    /// <exception cref="ArgumentException">The catalog has no such set.</exception>
    public async Task<SetChecked> RunAsync(
        string set,
        Func<DateTimeOffset> now,
        Claim? claim,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(now);
        var at = now();
        var declared = await emergencies.ReadEmergenciesAsync(cancellationToken);
        var events = catalog.FindSet(set)?.Events ?? [];
        await findings.BeginCheckAsync(set, CheckRules.Of(rules, declared, events), claim, cancellationToken);
        var checks = new LedgerChecks(catalog, ledger)
        {
            Emergencies = declared,
            Open = await OpenSuspicions.ReadAsync(findings, set, cancellationToken),
        };
        var result = new SetChecked(0, 0, 0, 0);
        await foreach (var measure in checks.ReadAsync(new(set), cancellationToken))
        {
            var (firing, added, resolved) = await findings.KeepFindingsAsync(
                set,
                measure.Measure.Code,
                measure.Findings,
                at,
                claim,
                cancellationToken
            );
            result = new(result.Measures + 1, result.Firing + firing, result.Added + added, result.Resolved + resolved)
            {
                Tested = result.Tested + measure.Tested,
                Untestable = result.Untestable + measure.Untestable,
            };
        }
        await findings.EndCheckAsync(set, now(), claim, cancellationToken);
        return result;
    }

    private static bool IsOutdated(SetCheck check, string now) => !check.IsCurrent || check.Rules != now;

    // A check that ended later than now was made by a clock that has been set back since.
    private bool IsResting(SetCheck check, DateTimeOffset at) => check.CheckedAt is { } last && last <= at && at < last + rest;
}
