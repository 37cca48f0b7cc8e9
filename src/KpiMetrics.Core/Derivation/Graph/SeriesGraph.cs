using System.Collections.Concurrent;
using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Core.Derivation.Graph;

/// <summary>Which series are computed from which, over all sets: rules, frequencies, areas and their past. Found by key; may be asked by several threads.</summary>
/// <remarks>The graph has no cycles: rules are checked for them, periods only grow coarser, areas only larger or later.</remarks>
public sealed class SeriesGraph
{
    // More than one round of publishing asks for; beyond it the memory is emptied and filled anew, so that it stays bounded.
    private const int Remembered = 20_000;

    private readonly CatalogSnapshot catalog;
    private readonly ConcurrentDictionary<SeriesKey, SeriesFormula?> formulas = new();
    private readonly Dictionary<string, SetLinks> links;
    private int remembered;

    public SeriesGraph(CatalogSnapshot catalog)
    {
        this.catalog = catalog;
        links = catalog.Sets.ToDictionary(set => set.Code, set => new SetLinks(set), StringComparer.Ordinal);
    }

    /// <summary>Null where the catalog no longer has the set or measure.</summary>
    public SeriesFormula? FormulaOf(SeriesKey key)
    {
        if (formulas.TryGetValue(key, out var known))
            return known;
        if (Interlocked.Increment(ref remembered) > Remembered)
        {
            formulas.Clear();
            remembered = 0;
        }
        return formulas[key] = MakeFormula(key);
    }

    private SeriesFormula? MakeFormula(SeriesKey key)
    {
        if (catalog.FindSet(key.Set) is not { } set || catalog.FindMeasure(key.Set, key.Measure) is not var (indicator, measure))
            return null;
        var area = catalog.FindAreaById(key.Area);
        return new(key, set, indicator, measure, area)
        {
            RuleInputs = RuleInputsOf(key, measure),
            Quotient = measure.Derived is null ? QuotientOf(key, measure) : null,
            Former = measure.Replaces is { Continues: true } former ? Sibling(key, former.Code) : null,
            Within =
                measure.Derived is null && measure.Aggregation == Aggregation.Sum && area is not null
                    ? WithinOf(key, set, area)
                    : [],
            Finer = measure.Derived is null ? FinerOf(key, indicator, measure) : null,
            Origins = measure.Derived is null && area is not null ? OriginsOf(key, area) : [],
            RunningTotal = links[key.Set].RunningTotalOf(measure.Code) is { } total ? Sibling(key, total.Code) : null,
        };
    }

    /// <summary>The key and all it may be computed from, at any depth; each is worth looking for in the ledger.</summary>
    public IReadOnlyCollection<SeriesKey> SourcesOf(SeriesKey key)
    {
        var found = new HashSet<SeriesKey>();
        var waiting = new Stack<SeriesKey>([key]);
        while (waiting.TryPop(out var next))
        {
            if (!found.Add(next) || FormulaOf(next) is not { } formula)
                continue;
            foreach (var input in formula.Inputs)
                waiting.Push(input);
            if (formula.RunningTotal is { } total)
                found.Add(total);
        }
        return found;
    }

    /// <summary>The series whose formulas name this one; the other direction of <see cref="SeriesFormula.Inputs"/>.</summary>
    public IEnumerable<SeriesKey> ReadersOf(SeriesKey key) =>
        catalog.FindSet(key.Set) is { } set && catalog.FindMeasure(key.Set, key.Measure) is var (indicator, measure)
            ? OtherMeasures(key, measure).Concat(SameMeasure(key, set, indicator, measure))
            : [];

    /// <summary>The readers of other periods and areas.</summary>
    private IEnumerable<SeriesKey> SameMeasure(SeriesKey key, IndicatorSet set, Indicator indicator, Measure measure)
    {
        if (measure.Derived is not null)
            yield break;
        foreach (var frequency in indicator.AllFrequencies)
        {
            var coarser = key with { Frequency = frequency };
            if (FinerOf(coarser, indicator, measure) == key)
                yield return coarser;
        }
        if (catalog.FindAreaById(key.Area) is not { } area)
            yield break;
        if (measure.Aggregation == Aggregation.Sum)
        {
            foreach (var parent in catalog.ParentsOf(area))
            {
                if (HoldsAreasOf(set, parent))
                    yield return key with
                    {
                        Area = parent.Id,
                    };
            }
        }
        foreach (var successor in catalog.SuccessorsOf(area))
            yield return key with
            {
                Area = successor.Area.Id,
            };
    }

    private IEnumerable<SeriesKey> OtherMeasures(SeriesKey key, Measure measure)
    {
        foreach (var reader in links[key.Set].ReadersOf(measure.Code))
        {
            if (catalog.FindMeasure(key.Set, reader.Code) is not var (indicator, _))
                continue;
            // A whole without breakdown is read by every line of one, as of shares in it.
            IEnumerable<string> subjects =
                reader.Subjects.Count == 0 ? [""]
                : key.Subject.Length == 0 ? reader.Subjects.Select(subject => subject.Code)
                : [key.Subject];
            foreach (var subject in subjects)
            {
                var sibling = key with { Indicator = indicator.Code, Measure = reader.Code, Subject = subject };
                if (FormulaOf(sibling)?.Inputs.Contains(key) == true)
                    yield return sibling;
            }
        }
    }

    /// <summary>The codes of all measures that a plan of one touches: those it is computed from, at any depth, and the running total of each.</summary>
    public IReadOnlyCollection<string> MeasuresBehind(IndicatorSet set, string measure)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        var waiting = new Queue<string>([measure]);
        while (waiting.TryDequeue(out var code))
        {
            if (!found.Add(code) || catalog.FindMeasure(set.Code, code) is not var (_, known))
                continue;
            foreach (var input in SetLinks.InputsOf(known))
                waiting.Enqueue(input);
            if (links[set.Code].RunningTotalOf(code) is { } total)
                waiting.Enqueue(total.Code);
        }
        return found;
    }

    /// <summary>Every series of a measure that is reported or can be computed from what is.</summary>
    /// <param name="reported">The reported series of a measure.</param>
    public IReadOnlyCollection<SeriesKey> SeriesOf(
        IndicatorSet set,
        Measure measure,
        Func<string, IEnumerable<SeriesKey>> reported
    )
    {
        var found = new HashSet<SeriesKey>();
        var waiting = new Queue<SeriesKey>(reported(measure.Code));
        foreach (var input in SetLinks.InputsOf(measure))
        {
            if (catalog.FindMeasure(set.Code, input) is not var (_, other))
                continue;
            foreach (var key in SeriesOf(set, other, reported))
            {
                if (Sibling(key, measure.Code) is { } sibling)
                    waiting.Enqueue(sibling);
            }
        }
        while (waiting.TryDequeue(out var key))
        {
            if (!found.Add(key) || catalog.FindMeasure(set.Code, measure.Code) is not var (indicator, _))
                continue;
            foreach (var reader in SameMeasure(key, set, indicator, measure))
                waiting.Enqueue(reader);
        }
        return found;
    }

    private SeriesKey? Sibling(SeriesKey key, string code)
    {
        if (catalog.FindMeasure(key.Set, code) is not var (indicator, measure))
            return null;
        var hasSubject = measure.Subjects.Any(subject => subject.Code == key.Subject);
        if (!hasSubject && measure.Subjects.Count > 0)
            return null;
        return key with { Indicator = indicator.Code, Measure = measure.Code, Subject = hasSubject ? key.Subject : "" };
    }

    // All or none: a total of the inputs that happen to have the subject would be another figure.
    private List<SeriesKey> RuleInputsOf(SeriesKey key, Measure measure)
    {
        var inputs = (measure.Derived?.Inputs ?? []).Select(code => Sibling(key, code)).ToList();
        return inputs.Contains(null) ? [] : inputs.OfType<SeriesKey>().ToList();
    }

    private (SeriesKey, SeriesKey)? QuotientOf(SeriesKey key, Measure measure) =>
        measure.Ratio is { } ratio && Sibling(key, ratio.Numerator) is { } above && Sibling(key, ratio.Denominator) is { } below
            ? (above, below)
            : null;

    private IReadOnlyList<(Area, SeriesKey)> WithinOf(SeriesKey key, IndicatorSet set, Area area) =>
        HoldsAreasOf(set, area) ? [.. catalog.EverWithin(area).Select(child => (child, key with { Area = child.Id }))] : [];

    // The set asks for figures of smaller areas, and this one is where they lie, or where its past lies.
    private bool HoldsAreasOf(IndicatorSet set, Area area) =>
        area.Level < set.Level
        && catalog.HomeOf(set) is { } home
        && (area.Level > home.Level || catalog.IsSameOrEarlier(home, area));

    private static SeriesKey? FinerOf(SeriesKey key, Indicator indicator, Measure measure)
    {
        if (measure.OverTime is OverTime.None or OverTime.RatioOfSums)
            return null;
        foreach (var finer in indicator.AllFrequencies.Reverse())
        {
            if (finer < key.Frequency && finer != Frequency.Week && !(key.Frequency == Frequency.Week && finer > Frequency.Day))
                return key with { Frequency = finer };
        }
        return null;
    }

    private IReadOnlyList<(AreaOrigin, SeriesKey)> OriginsOf(SeriesKey key, Area area) =>
        [.. catalog.OriginsOf(area).Select(origin => (origin, key with { Area = origin.Area.Id }))];
}
