using KpiMetrics.Core.Obligations;
using KpiMetrics.Pipeline.Catalog;
using KpiMetrics.Pipeline.Ledger.Sqlite;
using KpiMetrics.Pipeline.Obligations;
using KpiMetrics.Tests.Ledger;
using KpiMetrics.Tests.Support;
using KpiMetrics.Worker.Composition;

namespace KpiMetrics.Tests.Commands;

/// <summary>Commands on a set of two indicators and three communes, whose obligations are there as a worker would have made them by now.</summary>
internal sealed class DutyCli : IDisposable
{
    private const string Set = """
        set: ob
        name: Bộ chỉ số
        authority: UBND tỉnh
        decision: "1/QĐ-UBND"
        date: 2026-09-01
        prefix: OB
        areas: {level: commune, within: "24"}
        from: 2026-09-01
        regime:
          - {from: 2026-09-01, windows: calendar}
        groups:
          - code: A
            name: NHÓM A
            indicators:
              - code: OB-A01
                number: "1"
                name: Cây lúa
                agency: Phòng Kinh tế
                frequencies: [M]
                measures:
                  - {code: OB-A01.01, name: Diện tích, kind: stock, aggregation: sum}
                  - {code: OB-A01.02, name: Sản lượng, kind: flow, aggregation: sum}
              - code: OB-A02
                number: "2"
                name: Mưa
                agency: Phòng Khí tượng
                frequencies: [H, D]
                measures:
                  - {code: OB-A02.01, name: Lượng mưa, kind: flow, aggregation: sum}

        """;

    private const string Areas = """
        areas:
          - {code: "07001", name: Xã Một, level: commune, from: 2025-07-01, parent: "24"}
          - {code: "07002", name: Xã Hai, level: commune, from: 2025-07-01, parent: "24"}
          - {code: "07003", name: Xã Ba, level: commune, from: 2025-07-01, parent: "24"}

        """;

    private readonly Cli cli = new();

    private DutyCli() { }

    public static Duty Months { get; } = new("ob", "OB-A01", Core.Periods.Frequency.Month);

    public static Duty Days { get; } = new("ob", "OB-A02", Core.Periods.Frequency.Day);

    public DutyLedger Ledger => new(new SqliteLedger(Path.Combine(cli.Data, "ledger.db")));

    /// <summary>As of <see cref="Cli.Now"/>, 14:00 on 20 November 2026.</summary>
    public static async Task<DutyCli> StartAsync()
    {
        var started = new DutyCli();
        started.cli.Folder.Write("sets/ob.yaml", Set);
        started.cli.Folder.Write("sets/areas/ob.yaml", Areas);
        await started.RunAsync("emergency", "list"); // makes the ledger
        await started.PlanAsync();
        return started;
    }

    public Task<CliResult> RunAsync(params string[] arguments) =>
        cli.RunAsync([.. arguments, "--sets", cli.Folder.File("sets"), "--Demo:Enabled=false"]);

    /// <summary>What the worker does each minute.</summary>
    public async Task PlanAsync()
    {
        var catalog = CatalogReader.Read([EngineSettings.Seeds, cli.Folder.File("sets")]).Snapshot;
        Assert.NotNull(catalog);
        var own = new Core.Catalog.CatalogSnapshot([.. catalog.Sets.Where(set => set.Code == "ob")], catalog.Areas);
        var ledger = Ledger;
        var stage = new ObligationStage(own, "a", null, ledger.Obligations, ledger.Emergencies, TestCatalog.Zone);
        await stage.RunAsync(Cli.Now, null, null, TestContext.Current.CancellationToken);
    }

    public void Dispose() => cli.Dispose();
}
