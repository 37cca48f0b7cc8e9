namespace KpiMetrics.Core.Catalog.Changes;

/// <summary>The changes of one set, as they are found.</summary>
internal sealed class ChangeList(string set, DateOnly today)
{
    private readonly List<CatalogChange> changes = [];

    public IReadOnlyList<CatalogChange> Changes => changes;

    public DateOnly Today => today;

    public void Add(
        string? code,
        ChangeKind change,
        string? from = null,
        string? to = null,
        DateOnly? on = null,
        string? warning = null
    ) => changes.Add(new(set, code, change, from, to, on, warning));

    /// <summary>Adds a change where the texts differ.</summary>
    public void Compare(string? code, ChangeKind change, string? from, string? to, string? warning = null)
    {
        if (from != to)
            Add(code, change, from, to, null, warning);
    }

    /// <summary>Days in force: retired where a last day is new, otherwise a change of validity.</summary>
    public void Compare(string? code, Validity old, Validity next)
    {
        if (old == next)
            return;
        if (old.To is null && next.To is { } last && old.From == next.From)
            Add(
                code,
                ChangeKind.Retired,
                on: last,
                warning: last < today ? "periods that have begun since could be reported until now, and no longer can" : null
            );
        else
            Add(
                code,
                ChangeKind.Validity,
                old.ToString(),
                next.ToString(),
                warning: Shrinks(old, next) ? "periods that could be reported until now no longer can" : null
            );
    }

    // Only days gone by count: what comes may still be arranged.
    private bool Shrinks(Validity old, Validity next) =>
        next.From > (old.From ?? DateOnly.MinValue) && !(old.From > today) || next.To < today && !(old.To <= next.To);
}
