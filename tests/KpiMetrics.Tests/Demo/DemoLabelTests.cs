using KpiMetrics.Tests.Commands;

namespace KpiMetrics.Tests.Demo;

/// <summary>Made-up figures say so wherever they are shown.</summary>
public sealed class DemoLabelTests : IDisposable
{
    private readonly Cli cli = new();

    public void Dispose() => cli.Dispose();

    private async Task ImportAsync(string source, params string[] lines)
    {
        var csv = cli.Folder.Write($"{source}.csv", string.Join('\n', ["indicator,measure,area,period,value", .. lines, ""]));
        var result = await cli.RunAsync("import", csv, "--set", "bac-ninh", "--source", source);
        Assert.Equal((0, ""), (result.Exit, result.Error));
    }

    private Task<CliResult> ExportAsync(string format) => cli.RunAsync("export", "--set", "bac-ninh", "--format", format);

    [Theory]
    [InlineData("csv")]
    [InlineData("json")]
    [InlineData("sdmx-csv")]
    public async Task Export_DemoAmongTheFigures_SaysSoOnStandardError(string format)
    {
        await ImportAsync("demo", "BN-07,BN-07.01,24,2026-09,12000");

        var result = await ExportAsync(format);

        Assert.Equal("Số liệu minh họa: 1 figures are made up (source demo).\n", result.Error);
        Assert.Equal(format != "csv", result.Out.Contains("demo", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Export_RealFigureBesidesTheDemo_IsShownWithoutANotice()
    {
        await ImportAsync("so-cong-thuong", "BN-07,BN-07.01,24,2026-09,11000");
        await ImportAsync("demo", "BN-07,BN-07.01,24,2026-09,12000");

        var result = await ExportAsync("csv");

        Assert.Equal("", result.Error);
        Assert.Contains(",2026-09,11000,", result.Lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Export_TotalComputedFromDemoFigures_IsOfTheDemo()
    {
        await ImportAsync("demo", "BN-07,BN-07.01,24,2024-09,100", "BN-07,BN-07.01,27,2024-09,50");

        var result = await ExportAsync("json");

        Assert.Contains("\"area\": \"24@2025-07-01\"", result.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("\"source\": \"computed\"", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explain_DemoFigure_SaysSoBesideItsSource()
    {
        await ImportAsync("demo", "BN-07,BN-07.01,24,2026-09,12000");

        var result = await cli.RunAsync("explain", "bac-ninh/BN-07.01/24", "--period", "2026-09");

        Assert.Contains("demo (Số liệu minh họa)", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_DemoAndRealDisagree_FindsNothing()
    {
        await ImportAsync("so-cong-thuong", "BN-07,BN-07.01,24,2026-09,11000");
        await ImportAsync("demo", "BN-07,BN-07.01,24,2026-09,12000");

        var result = await cli.RunAsync("check", "--set", "bac-ninh");

        Assert.Contains(result.Lines, line => line.StartsWith("0 mâu thuẫn", StringComparison.Ordinal));
        Assert.Contains(result.Lines, line => line.StartsWith("So với các kỳ trước: 0 đáng ngờ", StringComparison.Ordinal));
    }
}
