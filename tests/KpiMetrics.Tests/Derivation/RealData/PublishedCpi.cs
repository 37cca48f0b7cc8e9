using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Derivation;
using KpiMetrics.Tests.Support;
using static KpiMetrics.Tests.Derivation.RealData.Case;

namespace KpiMetrics.Tests.Derivation.RealData;

/// <summary>The consumer prices of the General Statistics Office, 2015 to 2021: its index, and what it published with it (previous = 100).</summary>
internal sealed class PublishedCpi
{
    private readonly Dictionary<(string Item, Period Period), Dictionary<string, string>> table;

    private PublishedCpi(IEnumerable<Dictionary<string, string>> rows) =>
        table = rows.Where(row => row["idx"].Length > 0)
            .ToDictionary(row => (row["item_code"].ToLowerInvariant(), Period.Parse(row["period"])));

    public int Count => table.Count;

    public static PublishedCpi Read() => new(Case.Read("vn_gso_cpi"));

    /// <summary>What a column says; null where it is empty, or the month is missing.</summary>
    public decimal? Find(string item, Period? period, string column) =>
        period is { } at && table.TryGetValue((item, at), out var row) && row[column].Length > 0 ? Number(row[column]) : null;

    /// <summary>The year whose prices are 100; null where the month is missing.</summary>
    public string? BaseOf(string item, Period? period) =>
        period is { } at && table.TryGetValue((item, at), out var row) ? row["base_year"] : null;

    /// <summary>All that is derived for a set whose index measure takes the table, in one report.</summary>
    /// <param name="items">By the code of the office, the code of the subject.</param>
    public async Task<List<FigureRow>> DeriveAsync(TempFolder folder, string set, string index, Func<string, string?> items)
    {
        var ledger = await OpenAsync(folder, set + ".db", set);
        await ledger.ReportAsync(
            set,
            new(2022, 1, 5, 0, 0, 0, TimeSpan.Zero),
            table
                .Where(entry => items(entry.Key.Item) is not null)
                .Select(entry => Row(index, "VN", entry.Key.Period.ToString(), entry.Value["idx"], items(entry.Key.Item) ?? ""))
        );
        return await ledger.ExportAsync(set);
    }
}
