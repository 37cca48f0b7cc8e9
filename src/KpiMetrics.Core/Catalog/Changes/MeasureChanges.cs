using static System.FormattableString;

namespace KpiMetrics.Core.Catalog.Changes;

/// <summary>What changes of one measure that both versions have.</summary>
internal static class MeasureChanges
{
    private const string Reread =
        "figures already reported would be read anew; retire this measure with 'to' and let another replace it";

    private const string Recomputed = "figures and comparisons of the past would be computed anew";

    public static void Find(ChangeList changes, Measure old, Measure next, DateOnly? from)
    {
        var code = old.Code;
        if (old.Name != next.Name)
            changes.Add(
                code,
                ChangeKind.Renamed,
                old.Name,
                next.Name,
                VersionedChange.Effective(next.Was, day => next.On(day).Name, old.Name)
            );
        if (old.Agency != next.Agency)
            changes.Add(
                code,
                ChangeKind.Agency,
                old.Agency,
                next.Agency,
                VersionedChange.Effective(next.Was, day => next.On(day).Agency ?? "", old.Agency ?? "")
            );
        VersionedChange.Rewritten(
            changes,
            code,
            old.Was.Concat(next.Was),
            day => Version(old.On(day)),
            day => Version(next.On(day))
        );
        changes.Compare(code, new(old.From, old.To), new(next.From, next.To));
        SetChanges.Replacement(changes, code, old.Replaces, next.Replaces, from);
        changes.Compare(code, ChangeKind.Unit, old.Unit, next.Unit, Reread);
        changes.Compare(code, ChangeKind.Kind, Vocabularies.Kinds.Word(old.Kind), Vocabularies.Kinds.Word(next.Kind), Reread);
        changes.Compare(
            code,
            ChangeKind.Aggregation,
            Vocabularies.Aggregations.Word(old.Aggregation),
            Vocabularies.Aggregations.Word(next.Aggregation),
            Recomputed
        );
        changes.Compare(
            code,
            ChangeKind.OverTime,
            Vocabularies.OverTimes.Word(old.OverTime),
            Vocabularies.OverTimes.Word(next.OverTime),
            Recomputed
        );
        changes.Compare(code, ChangeKind.Derivation, Derivation(old.Derived), Derivation(next.Derived), Recomputed);
        changes.Compare(code, ChangeKind.Identities, Identities(old), Identities(next));
        changes.Compare(code, ChangeKind.Range, Range(old), Range(next));
        Bases(changes, old, next);
        Subjects(changes, old, next);
        ThresholdChanges.Find(changes, old, next);
    }

    private static void Bases(ChangeList changes, Measure old, Measure next)
    {
        if (old.Bases.SequenceEqual(next.Bases))
            return;
        var touchesPast = old
            .Bases.Except(next.Bases)
            .Concat(next.Bases.Except(old.Bases))
            .Any(entry => DateOnly.FromDateTime(entry.From.Start) <= changes.Today);
        changes.Add(old.Code, ChangeKind.Bases, Text(old.Bases), Text(next.Bases), warning: touchesPast ? Recomputed : null);

        static string Text(IEnumerable<IndexBase> bases) =>
            string.Join(
                ", ",
                bases.Select(entry =>
                    Invariant($"{entry.Base} from {entry.From}{(entry.Link is { } link ? Invariant($" (link {link})") : "")}")
                )
            );
    }

    private static void Subjects(ChangeList changes, Measure old, Measure next)
    {
        var (before, after) = (Codes(old), Codes(next));
        if (before.SequenceEqual(after))
            return;
        var lost = before.Except(after).ToList();
        changes.Add(
            old.Code,
            ChangeKind.Subjects,
            string.Join(", ", before),
            string.Join(", ", after),
            warning: lost.Count > 0 ? $"figures of {string.Join(", ", lost)} could no longer be corrected"
                : before.Count == 0 ? "figures reported without a subject could no longer be corrected"
                : null
        );

        static List<string> Codes(Measure measure) => [.. measure.Subjects.Select(subject => subject.Code)];
    }

    private static string Version(Measure measure) => measure.Agency is { } agency ? $"{measure.Name}; {agency}" : measure.Name;

    private static string Derivation(MeasureDerivation? derived) =>
        derived is null ? "reported" : $"{Vocabularies.DerivedRules.Word(derived.Rule)}({string.Join(", ", derived.Inputs)})";

    private static string Identities(Measure measure) =>
        string.Join(
            "; ",
            measure.Identities.Select(identity =>
                $"{Vocabularies.IdentityRules.Word(identity.Rule)}({string.Join(", ", identity.Inputs)})"
            )
        );

    private static string Range(Measure measure)
    {
        var least = measure.Min ?? (measure.MayBeNegative ? null : 0m);
        return (least, measure.Max) switch
        {
            ({ } min, { } max) => Invariant($"{min} to {max}"),
            ({ } min, null) => Invariant($"at least {min}"),
            (null, { } max) => Invariant($"at most {max}"),
            _ => "any",
        };
    }
}
