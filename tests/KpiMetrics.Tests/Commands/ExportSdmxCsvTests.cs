namespace KpiMetrics.Tests.Commands;

public sealed class ExportSdmxCsvTests : IDisposable
{
    private const string Header =
        "STRUCTURE,STRUCTURE_ID,ACTION,FREQ,REF_AREA,INDICATOR,MEASURE,SUBJECT,TIME_PERIOD,OBS_VALUE,"
        + "UNIT_MEASURE,OBS_STATUS,VINTAGE,REVISION,RECEIVED_AT,POP,YOY,YTD,YTD_HAVE,YTD_NEED,YTD_YOY,PLAN,SOURCE\r";

    private const string Received = "2026-11-20T14:00:00+07:00";

    private readonly Cli cli = new();

    public void Dispose() => cli.Dispose();

    [Fact]
    public async Task SdmxCsv_EmptyLedger_IsTheHeader() => Assert.Equal([Header], (await ExportAsync()).Lines);

    [Fact]
    public async Task SdmxCsv_EveryFrequency_IsAnObservationWithItsAttributes()
    {
        await FormSets.ImportAsync(
            cli,
            "HX-SO01,HX-SO01.01,08999,2026-01,2.50,lua,,",
            "HX-SO01,HX-SO01.01,08999,2026-02,1.25,lua,,estimate",
            "HX-SO01,HX-SO01.01,08999,2026-Q3,7,lua,E,preliminary",
            "HX-SO01,HX-SO01.02,09001,2026-10,-0.61,,,",
            "HX-H01,HX-H01.01,09001,2026-11-20T13,12.5,,,"
        );

        Assert.Equal(
            [
                Header,
                $"dataflow,KPIMETRICS:HAI_XA(1.0),I,H,09001,HX-H01,HX-H01.01,_T,2026-11-20T13:00:00,12.5,mm,A,official,1,{Received},,,12.5,1,7766,,,import\r",
                $"dataflow,KPIMETRICS:HAI_XA(1.0),I,M,08999,HX-SO01,HX-SO01.01,lua,2026-01,2.50,Tấn,A,official,1,{Received},,,2.5,1,1,,,import\r",
                $"dataflow,KPIMETRICS:HAI_XA(1.0),I,M,08999,HX-SO01,HX-SO01.01,lua,2026-02,1.25,Tấn,A,estimate,1,{Received},-50,,3.75,2,2,,,import\r",
                $"dataflow,KPIMETRICS:HAI_XA(1.0),I,Q,08999,HX-SO01,HX-SO01.01,lua,2026-Q3,7,Tấn,E,preliminary,1,{Received},,,7,1,3,,,import\r",
                $"dataflow,KPIMETRICS:HAI_XA(1.0),I,M,09001,HX-SO01,HX-SO01.02,_T,2026-10,-0.61,%,A,official,1,{Received},,,,,,,,import\r",
            ],
            (await ExportAsync()).Lines
        );
    }

    [Fact]
    public async Task SdmxCsv_TextThatASpreadsheetWouldRun_BeginsWithAnApostrophe()
    {
        await FormSets.ImportAsync(cli, "HX-SO02,HX-SO02.02,08999,2026-10,\"=1+1, \"\"nói\"\"\",,,");

        Assert.Contains(",2026-10,\"'=1+1, \"\"nói\"\"\",,A,", (await ExportAsync()).Lines[1], StringComparison.Ordinal);
    }

    private Task<CliResult> ExportAsync() => FormSets.ExportAsync(cli, "--format", "sdmx-csv");
}
