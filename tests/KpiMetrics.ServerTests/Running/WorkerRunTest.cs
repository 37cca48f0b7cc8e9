using System.Net;
using System.Net.Sockets;
using KpiMetrics.ServerTests.Support;

namespace KpiMetrics.ServerTests.Running;

/// <summary>A first day: the built worker on a fresh data folder, without InfluxDB.</summary>
[Collection(WorkerTests.Name)]
public sealed class WorkerRunTest
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_RealFileInInbox_IsCollectedArchivedAndExportedWhilePointsWait()
    {
        using var installation = new Installation();
        await using var worker = await installation.RunUntilUpAsync();
        var forms = await File.ReadAllTextAsync(Seeds.Forms, Token);

        installation.Drop("cchc", "cchc-2025-forms.csv", forms);

        var line = await worker.WaitForLineAsync("cchc-2025-forms.csv: ", Installation.Patience, Token);
        Assert.EndsWith(
            "cchc: inbox cchc-2025-forms.csv: 116 rows, 116 recorded, 0 repeated, 0 refused",
            line,
            StringComparison.Ordinal
        );
        Assert.Empty(installation.InInbox("cchc"));
        var archived = Assert.Single(installation.Archived("cchc"));
        Assert.EndsWith("-cchc-2025-forms.csv", archived, StringComparison.Ordinal);
        Assert.Equal(forms, await File.ReadAllTextAsync(archived, Token));

        var figures = await installation.ExportAsync("cchc");
        Assert.Equal(116, figures.Count);
        var documents = Assert.Single(figures, figure => figure["measure"] == "CC-F101.01");
        Assert.Equal(("24", "A", "2025", "60"), (documents["area"], documents["freq"], documents["period"], documents["value"]));
        Assert.Equal(("60", "1", "1"), (documents["ytd"], documents["ytd_have"], documents["ytd_need"]));

        var status = await installation.StatusAsync();
        Assert.False(status.GetProperty("configured").GetBoolean());
        Assert.Equal(116, status.GetProperty("waiting").GetInt64());
        Assert.Equal(0, status.GetProperty("published").GetInt64());
        Assert.Equal(0, await worker.TerminateAsync(TimeSpan.FromSeconds(10), Token));
        Assert.Empty(worker.Error);
    }

    [Fact]
    public async Task Run_BrokenFileInInbox_IsSetAsideAndTheWorkerGoesOn()
    {
        using var installation = new Installation();
        await using var worker = await installation.RunUntilUpAsync();

        installation.Drop(TestSet.Code, "a.csv", "this is,no report\n1,2\n");
        installation.Drop(TestSet.Code, "b.csv", "indicator,measure,area,period,value\nTN-A01,TN-A01.01,97001,2024-01,5\n");

        await worker.WaitForLineAsync("b.csv: 1 rows, 1 recorded", Installation.Patience, Token);
        await worker.WaitForLineAsync("a.csv: nothing taken", Installation.Patience, Token);
        Assert.Empty(installation.InInbox(TestSet.Code));
        var refused = Path.Combine(installation.Inbox(TestSet.Code), "refused");
        Assert.Equal(2, Directory.GetFiles(refused, "*", SearchOption.AllDirectories).Length);
        Assert.Equal(0, await worker.TerminateAsync(TimeSpan.FromSeconds(10), Token));
    }

    [Fact]
    public async Task Run_EverySourceOfASetHangs_InboxesGoOnAndStoppingIsPrompt()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0); // takes connections and never answers
        silent.Start();
        using var installation = new Installation();
        Directory.CreateDirectory(installation.Data);
        await File.WriteAllTextAsync(
            Path.Combine(installation.Data, "site.yaml"),
            $$"""
            sources:
              - kind: http
                name: im-lang
                set: bac-ninh
                url: http://{{silent.LocalEndpoint}}/{indicator}
                columns: {measure: $.ma, area: "=24", value: $.giaTri}
            """,
            Token
        );
        await using var worker = await installation.RunUntilUpAsync("--Schedule:Cron:M=* * * * * ?");
        await Eventually.SeesAsync(
            "a waiting source",
            () => Task.FromResult(silent.Pending()),
            waits => waits,
            Installation.Patience,
            Token,
            () => worker.Said
        );

        installation.Drop(TestSet.Code, "b.csv", "indicator,measure,area,period,value\nTN-A01,TN-A01.01,97001,2024-01,5\n");

        await worker.WaitForLineAsync("b.csv: 1 rows, 1 recorded", TimeSpan.FromSeconds(20), Token);
        Assert.Equal(0, await worker.TerminateAsync(TimeSpan.FromSeconds(10), Token));
    }
}
