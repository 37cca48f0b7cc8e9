using KpiMetrics.Tests.Support;
using KpiMetrics.Worker.Composition;

namespace KpiMetrics.Tests.Composition;

public sealed class SecretsFolderTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Configure_FolderOfSecrets_EachFileIsASettingWithoutItsLineEnd()
    {
        folder.Write("Influx__Token", "abc==\n");
        folder.Write("Influx__Url", "http://influxdb:8086");

        var settings = EngineSettings.Configure([$"--Secrets:Folder={folder.Path}", "--Influx:Url=http://here:8086"]);

        Assert.Equal("abc==", settings["Influx:Token"]);
        Assert.Equal("http://here:8086", settings["Influx:Url"]); // the command line has the last word
        Assert.NotNull(settings["Logging:LogLevel:Default"]); // and the rest is still there
    }

    [Fact]
    public void Configure_NoSuchFolder_IsAFaultThatNamesIt()
    {
        var missing = folder.File("none");

        var fault = Assert.Throws<CommandException>(() => EngineSettings.Configure([$"--Secrets:Folder={missing}"]));

        Assert.Equal($"Secrets:Folder is '{missing}', which is no folder.", fault.Message);
    }
}
