namespace KpiMetrics.ServerTests.Boards.Oracles;

/// <summary>Single numbers about who reported, held against <c>obligations --json</c> and the export.</summary>
internal static class Reporting
{
    public const string Road = "obligations --json";

    private static readonly TimeSpan Vietnam = TimeSpan.FromHours(7);

    /// <summary>How many are past due and incomplete.</summary>
    public static async Task LateAsync(Sight sight, BoardValues values, string set, Func<Owed, bool> isMeant)
    {
        var shown = await sight.NumberAsync(values);
        var owed = await sight.Roads.OwedAsync(set, Sight.Now);
        Assert.Equal(Cells.Text(owed.Count(one => isMeant(one) && one.IsOpenAndLate)), Cells.Text(shown));
        sight.Counted();
    }

    /// <summary>The percentage in time of those due in the months since an instant.</summary>
    public static async Task OnTimeAsync(
        Sight sight,
        BoardValues values,
        string set,
        Func<DateTimeOffset, DateTimeOffset> since,
        Func<Owed, bool> isMeant
    )
    {
        var shown = await sight.NumberAsync(values);
        var due = await DueSinceAsync(sight, set, since);
        var meant = due.Where(isMeant).ToList();
        Assert.Equal(Cells.Text(Cells.Percent(meant.Count(one => one.State == "received"), meant.Count)), Cells.Text(shown));
        sight.Counted();
    }

    /// <summary>What was due by now, in months that began since an instant.</summary>
    public static async Task<IReadOnlyList<Owed>> DueSinceAsync(
        Sight sight,
        string set,
        Func<DateTimeOffset, DateTimeOffset> since
    )
    {
        var at = Sight.Now.ToOffset(Vietnam);
        var owed = await sight.Roads.OwedAsync(set, at);
        return [.. owed.Where(one => one.CountsAt(at) && Month(one.DueAt) >= since(at))];
    }

    /// <summary>Ninety days back, as boards count the last three months.</summary>
    public static DateTimeOffset NinetyDays(DateTimeOffset at) => at.AddDays(-90);

    /// <summary>When the newest figure of each series was received, the last of these instants.</summary>
    public static async Task NewestAsync(Sight sight, BoardValues values, string set, string area, Func<string, bool> isMeant)
    {
        var figures = (await sight.Roads.FiguresAsync(set))
            .OfArea(area)
            .Where(figure => figure.IsReported && isMeant(figure["indicator"]));
        var newest = ExportedFigures.Newest(figures).Max(figure => ExportedFigures.ReceivedAt(figure));
        await sight.NumberIsAsync(values, newest?.ToUnixTimeMilliseconds());
    }

    /// <summary>Of how many sets figures of the demo are in the ledger.</summary>
    public static Oracle Demo { get; } =
        new(
            "export",
            async sight =>
            {
                var sets = 0;
                foreach (var set in sight.Decisions.Sets)
                {
                    if ((await sight.Roads.FiguresAsync(set)).All.Any(figure => figure["source"] == "demo"))
                        sets++;
                }
                await sight.NumberIsAsync(await sight.OpenAsync(), sets);
                Assert.Equal(2, sets);
            }
        );

    private static DateTimeOffset Month(DateTimeOffset at)
    {
        var local = at.ToOffset(Vietnam);
        return new(local.Year, local.Month, 1, 0, 0, 0, Vietnam);
    }
}
