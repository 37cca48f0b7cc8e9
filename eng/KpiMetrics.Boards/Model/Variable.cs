namespace KpiMetrics.Boards.Model;

/// <summary>Something the reader chooses.</summary>
/// <param name="Name">In queries: <c>${name:sqlstring}</c> in SQL, <c>${name:raw}</c> or <c>${name:regex}</c> in InfluxQL.</param>
/// <param name="Label">As the reader sees it.</param>
/// <param name="Sql">Of PostgreSQL; the columns <c>__value</c> and <c>__text</c>, the first row being the choice at the beginning.</param>
internal sealed record Variable(string Name, string Label, string Sql)
{
    /// <summary>Several may be chosen, at the beginning all.</summary>
    public bool IsMany { get; init; }

    /// <summary>Only for queries.</summary>
    public bool IsHidden { get; init; }
}
