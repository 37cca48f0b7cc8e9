using System.Globalization;
using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Derivation.Plans;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;
using KpiMetrics.Core.Quality.Checks;
using KpiMetrics.Pipeline.Catalog;
using KpiMetrics.Pipeline.Checks;
using KpiMetrics.Pipeline.Ledger;
using KpiMetrics.Pipeline.Ledger.Sqlite;
using KpiMetrics.Tests.Support;

namespace KpiMetrics.Tests.Checks;

/// <summary>A province (97) of two communes (09001, 08999), a set with a row of each kind that checks tell apart, and a ledger in a folder of its own.</summary>
internal sealed class CheckWorld : IDisposable
{
    public static readonly DateTimeOffset Noon = new(2026, 4, 1, 12, 0, 0, TimeSpan.FromHours(7));

    private const string Set = """
        set: xa
        name: Bộ chỉ số
        authority: UBND tỉnh
        decision: "1/QĐ-UBND"
        date: 2025-01-02
        prefix: XA
        areas: {level: commune, within: "97"}
        regime:
          - {from: 2020-01-01, windows: calendar, origin: Điều 3}
        sources: [forms, narrative]
        groups:
          - code: A
            name: NHÓM A
            indicators:
              - code: XA-A01
                number: "1"
                name: Hồ sơ
                agency: Văn phòng
                frequencies: [M, Q, A]
                measures:
                  - {code: XA-A01.01, name: Tiếp nhận, unit: Hồ sơ, kind: flow, aggregation: sum}
                  - code: XA-A01.02
                    name: Đúng hạn
                    unit: Hồ sơ
                    kind: flow
                    aggregation: sum
                    identities: [{rule: at-most, inputs: [XA-A01.01]}]
                  - code: XA-A01.03
                    name: Tỷ lệ đúng hạn
                    unit: "%"
                    kind: ratio
                    aggregation: ratio-of-sums
                    identities: [{rule: ratio, inputs: [XA-A01.02, XA-A01.01], origin: Điều 5}]
                  - {code: XA-A01.04, name: Lũy kế, unit: Hồ sơ, kind: cumulative, aggregation: sum, derived: {rule: ytd, inputs: [XA-A01.01]}}
                  - {code: XA-A01.05, name: So cùng kỳ, unit: "%", kind: ratio, aggregation: none, signed: true, derived: {rule: yoy, inputs: [XA-A01.01]}}
                  - {code: XA-A01.06, name: So kế hoạch, unit: "%", kind: ratio, aggregation: none, derived: {rule: plan, inputs: [XA-A01.01]}}
                  - {code: XA-A01.07, name: Tồn cuối kỳ, unit: Hồ sơ, kind: stock, aggregation: sum}
                  - {code: XA-A01.08, name: Giấy phép còn hiệu lực trong năm, unit: Hồ sơ, kind: cumulative, aggregation: sum}
                  - {code: XA-A01.09, name: Lũy kế so cùng kỳ, unit: "%", kind: ratio, aggregation: none, signed: true, derived: {rule: ytd_yoy, inputs: [XA-A01.01]}}
                  - {code: XA-A01.10, name: So tháng trước của giấy phép, unit: "%", kind: ratio, aggregation: none, signed: true, derived: {rule: pop, inputs: [XA-A01.08]}}
              - code: XA-A02
                number: "2"
                name: Cây trồng
                agency: Phòng Kinh tế
                frequencies: [M, Q, A]
                measures:
                  - code: XA-A02.01
                    name: Tổng sản lượng
                    unit: Tấn
                    kind: flow
                    aggregation: sum
                    identities: [{rule: sum-of-subjects, inputs: [XA-A02.02]}]
                  - {code: XA-A02.02, name: Sản lượng, unit: Tấn, kind: flow, aggregation: sum, subjects: [{code: ngo, name: Cây ngô}, {code: lua, name: Cây lúa}]}
                  - {code: XA-A02.03, name: Mực nước cao nhất, unit: m, kind: score, aggregation: none, over_time: max}
                  - {code: XA-A02.04, name: Nhiệt độ, unit: độ, kind: score, aggregation: none, over_time: mean}

        """;

    private const string Areas = """
        areas:
          - {code: VN, name: Việt Nam, level: country, from: 1945-09-02}
          - {code: "97", name: Tỉnh Thử, level: province, from: 2010-01-01, parent: VN}
          - {code: "09001", name: Xã Ất, level: commune, from: 2010-01-01, parent: "97"}
          - {code: "08999", name: Xã Giáp, level: commune, from: 2010-01-01, parent: "97"}

        """;

    private readonly TempFolder folder = new();

    private CheckWorld(Func<string, string> change)
    {
        folder.Write("sets/xa.yaml", change(Set));
        folder.Write("sets/areas/xa.yaml", change(Areas));
        var reading = CatalogReader.Read(folder.File("sets"));
        Assert.Empty(reading.Faults);
        Catalog = reading.Snapshot ?? throw new InvalidOperationException("The set has faults.");
        Ledger = new(folder.File("ledger.db"));
    }

    public CatalogSnapshot Catalog { get; }

    public SqliteLedger Ledger { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static Task<CheckWorld> CreateAsync(params IEnumerable<string> lines) => CreateAsync(text => text, lines);

    /// <param name="change">What is different in the files of set and areas.</param>
    /// <param name="lines">As of <see cref="ReportAsync"/>.</param>
    public static async Task<CheckWorld> CreateAsync(Func<string, string> change, params IEnumerable<string> lines)
    {
        var world = new CheckWorld(change);
        await world.Ledger.MigrateAsync(DateTimeOffset.UnixEpoch, Token);
        await world.ReportAsync("forms", Noon, lines);
        return world;
    }

    /// <summary>Lines <c>A01.03 97 2026-01 98.60</c>; a subject follows the measure as <c>A02.02/lua</c>, the letter of an estimate the value: <c>98.6 E</c>.</summary>
    public async Task ReportAsync(string source, DateTimeOffset at, params IEnumerable<string> lines)
    {
        await using var report = await Ledger.BeginAsync(new("xa", source, "test", at, true, at, "test"), Token);
        foreach (var cells in lines.Select(line => line.Split(' ')))
        {
            var period = Period.Parse(cells[2]);
            var isEstimate = cells is [_, _, _, _, "E"];
            await report.AppendAsync(
                Key(cells[0], cells[1], period.Frequency),
                period,
                FigureValue.Of(decimal.Parse(cells[3], CultureInfo.InvariantCulture)),
                isEstimate ? 'E' : 'A',
                isEstimate ? Vintage.Estimate : Vintage.Official,
                null,
                Token
            );
        }
        await report.CommitAsync(0, Token);
    }

    public async Task PlanAsync(string measure, string area, int year, decimal value)
    {
        await using var plans = await Ledger.BeginPlansAsync(new("xa", "plan", "test", Noon, true, Noon, "test"), Token);
        var key = PlanKey.Of(Key(measure, area, Frequency.Year));
        await plans.AppendAsync(
            key,
            new("", Period.Of(Frequency.Year, year), value, PlanKind.Assigned, null, Noon, null),
            [],
            Token
        );
        await plans.CommitAsync(0, Token);
    }

    public async Task<IReadOnlyList<MeasureChecked>> CheckAsync(FigureQuery? query = null)
    {
        var results = new List<MeasureChecked>();
        await foreach (var result in new LedgerChecks(Catalog, Ledger).ReadAsync(query ?? new("xa"), Token))
            results.Add(result);
        return results;
    }

    /// <summary>What contradicts other figures or cannot be.</summary>
    public async Task<IReadOnlyList<Finding>> FindAsync(FigureQuery? query = null) =>
        [
            .. (await CheckAsync(query))
                .SelectMany(result => result.Findings)
                .Where(one => one.Verdict != FindingVerdict.Suspicion),
        ];

    /// <summary>What is not like its past.</summary>
    public async Task<IReadOnlyList<Finding>> SuspectAsync(FigureQuery? query = null) =>
        [
            .. (await CheckAsync(query))
                .SelectMany(result => result.Findings)
                .Where(one => one.Verdict == FindingVerdict.Suspicion),
        ];

    /// <summary>The one finding there must be, as <c>code measure period stated recomputed</c>.</summary>
    public async Task<Finding> OnlyAsync() => Assert.Single(await FindAsync());

    public void Dispose() => folder.Dispose();

    /// <summary>The series of a line; see <see cref="ReportAsync"/>.</summary>
    public SeriesKey Key(string measure, string area, Frequency frequency)
    {
        var (code, subject) = measure.Split('/') is [var first, var second] ? (first, second) : (measure, "");
        return new("xa", $"XA-{code[..3]}", $"XA-{code}", subject, Catalog.AreasWithCode(area).Single().Id, frequency);
    }
}
