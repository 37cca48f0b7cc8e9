using System.Globalization;
using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Catalog;
using KpiMetrics.ServerTests.Servers;
using KpiMetrics.Tests.Support;

namespace KpiMetrics.ServerTests.Ledger.Views;

public sealed class ViewCatalogTest(SharedPostgres postgres) : IAsyncDisposable
{
    private readonly PostgresLedgers ledgers = new(postgres);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Catalog_OfTheSets_IsAllThereWithItsNames()
    {
        var catalog =
            CatalogReader.Read(Path.Combine(Repository.Root, "seeds")).Snapshot
            ?? throw new InvalidDataException("The seeds have faults.");
        var database = await ledgers.CreateDatabaseAsync();
        await using var views = new ViewReader(database);

        Assert.True(await ledgers.Open(database).KeepCatalogAsync(catalog, (set, _) => set == "lao-cai", Token));

        Assert.Equal(
            catalog.Sets.Select(set =>
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{set.Code}|{set.Name}|{set.Decision}|{set.Indicators.Count()}|{set.Measures.Count()}|{catalog.HomeOf(set)?.Id}"
                )
            ),
            await views.RowsAsync("SELECT set_code, set_name, decision, indicators, measures, area FROM v_set ORDER BY position")
        );
        Assert.Equal(
            catalog.Sets.SelectMany(set =>
                set.Indicators.SelectMany(one => one.Measures.Select(measure => Line(set, one, measure)))
            ),
            await views.RowsAsync(
                """
                SELECT i.set_code, indicator, measure, indicator_name, measure_name, unit, kind, basis, agency, frequencies, is_asked
                FROM v_indicator i JOIN v_set s USING (set_code) ORDER BY s.position, i.position
                """
            )
        );
        Assert.Equal(
            catalog
                .Areas.Select(area => $"{area.Id}|{area.FullName}|{catalog.ParentOf(area, area.To ?? DateOnly.MaxValue)?.Id}")
                .Order(StringComparer.Ordinal),
            (await views.RowsAsync("SELECT area, area_name, parent FROM v_area")).Order(StringComparer.Ordinal)
        );
        Assert.Equal(
            [
                "LC-C01|LC-C01.01|mua-12h|sum|12|mm|tu-50|50|warning|5|1|luong-mua|",
                "LC-C01|LC-C01.01|mua-24h|sum|24|mm|tu-100|100|warning|10|1|luong-mua|",
                "LC-C01|LC-C01.01|mua-24h|sum|24|mm|tu-200|200|critical|10|1|luong-mua|",
                "LC-C01|LC-C01.01|mua-24h|sum|24|mm|tu-400|400|critical|10|1|luong-mua|",
            ],
            await views.RowsAsync(
                """
                SELECT indicator, measure, threshold, kind, hours, unit, level, value, severity, margin, readings, subjects, areas
                FROM v_threshold WHERE set_code = 'lao-cai' ORDER BY measure, position
                """
            )
        );
    }

    [Fact]
    public async Task Catalog_OfSeveralWorkersAtOnce_IsWrittenOnceAndAgainOnlyWhenItChanged()
    {
        var database = await ledgers.CreateDatabaseAsync();
        await using var views = new ViewReader(database);
        var workers = Enumerable.Range(0, 6).Select(_ => ledgers.Open(database)).ToList();

        var first = await Task.WhenAll(
            workers.Select(ledger => ledger.KeepCatalogAsync(TestCatalog.Snapshot, (_, _) => false, Token))
        );
        var again = await workers[0].KeepCatalogAsync(TestCatalog.Snapshot, (_, _) => false, Token);
        var asked = await workers[0].KeepCatalogAsync(TestCatalog.Snapshot, (_, _) => true, Token);
        var other = await workers[1].KeepCatalogAsync(new([], TestAreas.All), (_, _) => true, Token);

        Assert.Single(first, written => written);
        Assert.Equal((false, true, true), (again, asked, other));
        Assert.Empty(await views.RowsAsync("SELECT * FROM v_indicator"));
        Assert.Equal(
            "24@2025-07-01|VN@1945-09-02|24@2025-07-01",
            await views.OneAsync("SELECT area, parent, province FROM v_area WHERE code = '24' AND is_valid")
        );
        Assert.Equal(
            "Phường Mới|Tỉnh Bắc Ninh",
            await views.OneAsync("SELECT area_name, province_name FROM v_area WHERE code = '07201' AND is_valid")
        );
    }

    [Fact]
    public async Task Periods_OfAllFrequencies_AreWrittenAndBeginAsInTheProgram()
    {
        await using var views = new ViewReader(await ledgers.CreateDatabaseAsync());
        var random = new Random(7);
        foreach (var frequency in Enum.GetValues<Frequency>())
        {
            var last = Period.Of(frequency, Period.LastYear).LastOfYear.Index;
            int[] indices = [0, last, .. Enumerable.Range(0, 400).Select(_ => random.Next(last))];
            Assert.Equal(
                indices.Select(index =>
                {
                    var period = Period.FromIndex(frequency, index);
                    return string.Create(CultureInfo.InvariantCulture, $"{period}|{period.Start:yyyy-MM-dd'T'HH:mm}");
                }),
                await views.RowsAsync(
                    $"""
                    SELECT time_period('{frequency.Code()}', i), to_char(calendar_start('{frequency.Code()}', i), 'YYYY-MM-DD"T"HH24:MI')
                    FROM unnest(ARRAY[{string.Join(", ", indices)}]) WITH ORDINALITY AS u (i, n) ORDER BY n
                    """
                )
            );
        }
    }

    public ValueTask DisposeAsync() => ledgers.DisposeAsync();

    private static string Line(IndicatorSet set, Indicator indicator, Measure measure) =>
        string.Join(
            '|',
            set.Code,
            indicator.Code,
            measure.Code,
            indicator.Name,
            measure.Name,
            measure.Unit,
            Vocabularies.Kinds.Word(measure.Kind),
            measure.Derived is null ? "reported" : "derived",
            measure.Agency ?? indicator.Agency,
            string.Join(' ', indicator.Frequencies.Select(frequency => frequency.Code())),
            set.Code == "lao-cai"
        );
}
