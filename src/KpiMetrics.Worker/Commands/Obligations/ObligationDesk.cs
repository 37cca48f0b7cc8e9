using System.Runtime.CompilerServices;
using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Obligations;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Ledger;
using KpiMetrics.Worker.Composition;

namespace KpiMetrics.Worker.Commands.Obligations;

/// <summary>Where obligations are looked at, and extensions and waivers granted, whoever asks: a command or the API.</summary>
/// <param name="isPulled">True for an indicator of a set that some source is asked for.</param>
public sealed class ObligationDesk(
    CatalogSnapshot catalog,
    IObligations obligations,
    IAskings askings,
    Func<string, string, bool> isPulled
)
{
    private static readonly TimeSpan LongestExtension = TimeSpan.FromDays(2 * 366);

    public static ObligationDesk Of(Engine engine) =>
        new(engine.Catalog, engine.Ledger, engine.Ledger, PulledIndicators.Of(engine));

    /// <summary>Those that match, by duty, period and area.</summary>
    public async IAsyncEnumerable<ObligationLine> ReadAsync(
        ObligationFilter filter,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        Duty? duty = null;
        ILookup<Period, Asking>? asked = null;
        await foreach (var obligation in FindAsync(filter, cancellationToken))
        {
            var state = obligation.StateAt(filter.At);
            if (filter.States.Count > 0 && !filter.States.Contains(state))
                continue;
            if (duty != obligation.Duty)
            {
                duty = obligation.Duty;
                asked = await AskedAsync(obligation.Duty, cancellationToken);
            }
            var due = obligation.DueAt(filter.At);
            yield return new(
                obligation,
                catalog.FindAreaById(obligation.Area),
                state,
                obligation.IsLateAt(filter.At),
                Blaming.Of(obligation, asked?[obligation.Period].ToList(), filter.At),
                due,
                due + obligation.Times.Grace
            );
        }
    }

    /// <summary>By agency and frequency, in order of their names.</summary>
    public async Task<IReadOnlyList<AgencyRate>> RatesAsync(ObligationFilter filter, CancellationToken cancellationToken)
    {
        var rates = new Dictionary<(string Agency, Frequency Frequency), ReportingRate>();
        var names = new Dictionary<string, string>(StringComparer.Ordinal); // decisions print one office in several ways
        await foreach (var obligation in FindAsync(filter, cancellationToken))
        {
            var folded = PrintedText.Folded(obligation.Agency);
            names.TryAdd(folded, obligation.Agency);
            var key = (names[folded], obligation.Duty.Frequency);
            rates[key] = rates.GetValueOrDefault(key).With(obligation, filter.At);
        }
        return
        [
            .. rates
                .Where(rate => rate.Value.Expected > 0)
                .OrderBy(rate => rate.Key.Agency, StringComparer.Ordinal)
                .ThenBy(rate => rate.Key.Frequency)
                .Select(rate => new AgencyRate(rate.Key.Agency, rate.Key.Frequency, rate.Value)),
        ];
    }

    /// <summary>What an exemption would touch, by duty, period and area.</summary>
    /// <exception cref="CommandException">Nothing, or an extension that ends before what it is for is due anyway, or years later; says what there is.</exception>
    public async Task<IReadOnlyList<ObligationLine>> TouchedAsync(
        ObligationFilter filter,
        ExemptionAction action,
        DateTimeOffset? until,
        CancellationToken cancellationToken
    )
    {
        var (all, touched) = (0, new List<ObligationLine>());
        await foreach (var line in ReadAsync(filter, cancellationToken))
        {
            all++;
            if (IsTouched(line, action, filter.At))
                touched.Add(line);
        }
        if (touched.Count == 0)
            throw new CommandException(await NothingAsync(filter, action, all, cancellationToken), "nothing-to-exempt");
        if (until is { } end && touched.Find(line => line.Obligation.Times.Due >= end) is { } later)
        {
            throw new CommandException(
                $"until is {InstantText.Print(end)}; {later.Obligation.Duty} {later.Obligation.Period} of {later.AreaCode} is due at {InstantText.Print(later.Obligation.Times.Due)} anyway: an extension ends after that.",
                "bad-until"
            );
        }
        if (until is { } far && touched.Find(line => far > Latest(line.Obligation, filter.At)) is { } early)
        {
            throw new CommandException(
                $"until is {InstantText.Print(far)}; allowed for {early.Obligation.Duty} {early.Obligation.Period} of {early.AreaCode}: to {InstantText.Print(Latest(early.Obligation, filter.At))}. What need not be reported is waived.",
                "bad-until"
            );
        }
        return touched;
    }

    /// <summary>Grants or takes back, for each of these; audited with who and why.</summary>
    /// <returns>How many obligations it was done for.</returns>
    public async Task<int> ExemptAsync(
        IReadOnlyCollection<ObligationLine> touched,
        ExemptionAction action,
        DateTimeOffset? until,
        string who,
        string why,
        DateTimeOffset at,
        CancellationToken cancellationToken
    )
    {
        if (string.IsNullOrWhiteSpace(why))
            throw new CommandException("why is empty; say in a few words why it is granted or taken back.", "why-missing");
        if (action != ExemptionAction.Restore)
        {
            var kind = action == ExemptionAction.Extend ? ExemptionKind.Extension : ExemptionKind.Waiver;
            return await ExemptAsync(touched, new(kind, at, who, why, until), cancellationToken);
        }
        var waived = touched.Where(line => line.Obligation.IsWaived(at)).ToList();
        var extended = touched.Where(line => IsExtended(line.Obligation, at)).ToList();
        await ExemptAsync(waived, new(ExemptionKind.NoWaiver, at, who, why), cancellationToken);
        await ExemptAsync(extended, new(ExemptionKind.NoExtension, at, who, why), cancellationToken);
        return waived.Union(extended).Count();
    }

    private async Task<int> ExemptAsync(
        IReadOnlyCollection<ObligationLine> lines,
        Exemption exemption,
        CancellationToken cancellationToken
    ) =>
        lines.Count == 0
            ? 0
            : await obligations.ExemptAsync(
                [.. lines.Select(line => ObligationKey.Of(line.Obligation))],
                exemption,
                cancellationToken
            );

    private async IAsyncEnumerable<Obligation> FindAsync(
        ObligationFilter filter,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var query = new ObligationQuery(
            filter.Set,
            filter.Indicator,
            filter.Areas,
            filter.Frequency,
            filter.From,
            filter.To,
            WithVoid: true
        );
        await foreach (var obligation in obligations.ReadAsync(query, cancellationToken))
        {
            var holds = !(obligation.VoidAt <= filter.At);
            if (holds && (filter.Agency is null || obligation.Agency == filter.Agency))
                yield return obligation;
        }
    }

    private async Task<ILookup<Period, Asking>?> AskedAsync(Duty duty, CancellationToken cancellationToken)
    {
        if (!isPulled(duty.Set, duty.Indicator))
            return null;
        var (first, last) = (new DateTime(Period.FirstYear, 1, 1), new DateTime(Period.LastYear, 12, 28));
        var all = await askings.ReadAskingsAsync(
            duty,
            Period.At(duty.Frequency, first),
            Period.At(duty.Frequency, last),
            cancellationToken
        );
        return all.ToLookup(asking => asking.Period);
    }

    private async Task<string> NothingAsync(
        ObligationFilter filter,
        ExemptionAction action,
        int all,
        CancellationToken cancellationToken
    )
    {
        if (all > 0)
        {
            return action switch
            {
                ExemptionAction.Restore => $"None of the {all} obligations is extended or waived: there is nothing to take back.",
                ExemptionAction.Waive => $"All of the {all} obligations are fulfilled or waived already.",
                _ => $"All of the {all} obligations are fulfilled in time or waived: there is nothing to extend.",
            };
        }
        var there = new SortedDictionary<Frequency, (Period First, Period Last)>();
        var wide = filter with { Areas = null, Frequency = null, From = null, To = null };
        await foreach (var obligation in FindAsync(wide, cancellationToken))
        {
            var of = obligation.Duty.Frequency;
            there[of] = there.TryGetValue(of, out var span)
                ? (Earlier(span.First, obligation.Period), Later(span.Last, obligation.Period))
                : (obligation.Period, obligation.Period);
        }
        var spans = string.Join(", ", there.Values.Select(span => $"{span.First}..{span.Last}"));
        return there.Count == 0
            ? $"There are no obligations of {filter.Indicator ?? filter.Set} yet; 'run' creates them."
            : $"There is no such obligation of {filter.Indicator ?? filter.Set}; there are some of {spans}.";
    }

    private static DateTimeOffset Latest(Obligation obligation, DateTimeOffset at) =>
        (obligation.Times.Due > at ? obligation.Times.Due : at) + LongestExtension;

    private static bool IsTouched(ObligationLine line, ExemptionAction action, DateTimeOffset at) =>
        action switch
        {
            ExemptionAction.Restore => line.Obligation.IsWaived(at) || IsExtended(line.Obligation, at),
            ExemptionAction.Waive => !line.IsSettled,
            _ => !line.IsSettled || line.State == ObligationState.ReceivedLate,
        };

    private static bool IsExtended(Obligation obligation, DateTimeOffset at) => obligation.DueAt(at) != obligation.Times.Due;

    private static Period Earlier(Period one, Period other) => one.Start <= other.Start ? one : other;

    private static Period Later(Period one, Period other) => one.Start >= other.Start ? one : other;
}
