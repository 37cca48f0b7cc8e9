using System.Text.RegularExpressions;
using KpiMetrics.Pipeline.Publishing;
using KpiMetrics.Tests.Support;

namespace KpiMetrics.Tests;

/// <summary>Keeps the stages apart: which folder may name which, and where Quartz, SQL and InfluxDB's names may stand.</summary>
public sealed partial class LayoutTest
{
    /// <summary>What each folder of the pipeline may name besides Core and itself. A new folder must be entered here first.</summary>
    private static readonly Dictionary<string, string[]> MayName = new()
    {
        ["Catalog"] = [],
        ["Ledger"] = [],
        ["Sources"] = ["Catalog"],
        ["Obligations"] = ["Catalog", "Ledger"],
        ["Collection"] = ["Catalog", "Sources", "Ledger"],
        ["Checks"] = ["Catalog", "Ledger"],
        ["Derivation"] = ["Catalog", "Ledger"],
        ["Publishing"] = ["Catalog", "Ledger"],
        ["Alerting"] = ["Catalog", "Ledger"],
    };

    private static readonly string Source = Path.Combine(Repository.Root, "src");

    [Fact]
    public void Pipeline_EveryStage_NamesOnlyWhatItMay()
    {
        var folders = Directory
            .GetDirectories(Path.Combine(Source, "KpiMetrics.Pipeline"))
            .Select(folder => Path.GetFileName(folder))
            .Where(folder => folder is not ("bin" or "obj"))
            .ToList();

        Assert.NotEmpty(folders);
        Assert.Empty(folders.Except(MayName.Keys));
        var named =
            from folder in folders
            from file in Files($"KpiMetrics.Pipeline/{folder}")
            from Match match in PipelineName().Matches(File.ReadAllText(file))
            let other = match.Groups["stage"].Value
            where other != folder && !MayName[folder].Contains(other)
            select $"{file} names {other}";
        Assert.Empty(named);
    }

    [Fact]
    public void Pipeline_AnyFile_NamesNeitherWorkerNorQuartz() =>
        Assert.Empty(Mentions("KpiMetrics.Pipeline", "KpiMetrics.Worker").Concat(Mentions("KpiMetrics.Pipeline", "Quartz")));

    [Fact]
    public void Core_TheProject_ReferencesNothing()
    {
        var project = File.ReadAllText(Path.Combine(Source, "KpiMetrics.Core", "KpiMetrics.Core.csproj"));

        Assert.DoesNotContain("PackageReference", project, StringComparison.Ordinal);
        Assert.DoesNotContain("ProjectReference", project, StringComparison.Ordinal);
        Assert.Empty(Mentions("KpiMetrics.Core", "KpiMetrics.Pipeline"));
    }

    [Fact]
    public void Quartz_ItsTypes_StayInScheduling() =>
        Assert.All(
            Mentions("KpiMetrics.Worker", "using Quartz"),
            file => Assert.Contains("/Scheduling/", file, StringComparison.Ordinal)
        );

    [Fact]
    public void Sql_TheDatabase_StaysInTheLedger()
    {
        Assert.All(
            Mentions("KpiMetrics.Pipeline", "Microsoft.Data.Sqlite"),
            file => Assert.Contains("/Ledger/Sqlite/", file, StringComparison.Ordinal)
        );
        Assert.Empty(Mentions("KpiMetrics.Worker", "Microsoft.Data.Sqlite"));
    }

    [Fact]
    public void InfluxNames_TagsAndFields_AreSpeltNowhereElseInPublishing()
    {
        string[] names =
        [
            InfluxNames.Set,
            InfluxNames.Indicator,
            InfluxNames.Measure,
            InfluxNames.Subject,
            InfluxNames.Area,
            InfluxNames.Freq,
            InfluxNames.Value,
            InfluxNames.Pop,
            InfluxNames.Yoy,
            InfluxNames.Ytd,
            InfluxNames.Coverage,
        ];
        var spelt =
            from file in Files("KpiMetrics.Pipeline/Publishing")
            where !file.EndsWith("/InfluxNames.cs", StringComparison.Ordinal)
            let text = File.ReadAllText(file)
            from name in names
            where text.Contains($"\"{name}\"", StringComparison.Ordinal)
            select $"{file} spells {name}";
        Assert.Empty(spelt);
    }

    private static IEnumerable<string> Mentions(string project, string text) =>
        Files(project).Where(file => File.ReadAllText(file).Contains(text, StringComparison.Ordinal));

    private static IEnumerable<string> Files(string under) =>
        Directory
            .EnumerateFiles(Path.Combine(Source, under), "*.cs", SearchOption.AllDirectories)
            .Select(file => file.Replace('\\', '/'))
            .Where(file =>
                !file.Contains("/bin/", StringComparison.Ordinal) && !file.Contains("/obj/", StringComparison.Ordinal)
            );

    [GeneratedRegex(
        @"KpiMetrics\.Pipeline\.(?<stage>[A-Z][A-Za-z]*)",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex PipelineName();
}
