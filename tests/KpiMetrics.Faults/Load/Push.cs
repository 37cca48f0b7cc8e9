namespace KpiMetrics.Faults.Load;

/// <summary>A report on its way.</summary>
/// <param name="Key">Its idempotency key, kept over all tries.</param>
internal sealed record Push(LoadSet Set, string Key, IReadOnlyList<PushRow> Rows)
{
    public string Body => $"[{string.Join(',', Rows.Select(row => row.Json))}]";
}
