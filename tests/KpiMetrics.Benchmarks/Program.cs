using System.Globalization;
using KpiMetrics.Benchmarks.Boards;
using KpiMetrics.Benchmarks.Checks;
using KpiMetrics.Benchmarks.Correct;
using KpiMetrics.Benchmarks.Derive;
using KpiMetrics.Benchmarks.Detect;
using KpiMetrics.Benchmarks.Intake;
using KpiMetrics.Benchmarks.Jobs;
using KpiMetrics.Benchmarks.Publish;
using KpiMetrics.Benchmarks.Thresholds;

// dotnet run -c Release --project tests/KpiMetrics.Benchmarks -- intake|derive|detect|checks|correct [MILLIONS...]|publish|boards|thresholds|jobs [MINUTES [DUTIES [POSTGRES]]]
switch (args)
{
    case ["intake"]:
        await IntakeBenchmark.RunAsync();
        break;
    case ["derive"]:
        return await DeriveBenchmark.RunAsync() ? 0 : 1;
    case ["detect"]:
        return DetectBenchmark.Run() ? 0 : 1;
    case ["checks"]:
        await ChecksBenchmark.RunAsync();
        break;
    case ["correct", .. var sizes]
        when sizes.All(text => int.TryParse(text, CultureInfo.InvariantCulture, out var size) && size > 0):
        await CorrectBenchmark.RunAsync([.. sizes.Select(text => int.Parse(text, CultureInfo.InvariantCulture))]);
        break;
    case ["publish"]:
        await PublishBenchmark.RunAsync();
        break;
    case ["boards"]:
        await BoardsBenchmark.RunAsync();
        break;
    case ["thresholds"]:
        ThresholdsBenchmark.Run();
        break;
    case ["jobs", .. var how]
        when how.Length <= 3
            && how.Take(2).All(text => int.TryParse(text, CultureInfo.InvariantCulture, out var number) && number > 0):
        await JobsBenchmark.RunAsync(
            how.Length > 0 ? int.Parse(how[0], CultureInfo.InvariantCulture) : 3,
            how.Length > 1 ? int.Parse(how[1], CultureInfo.InvariantCulture) : 50_000,
            how.Length > 2 ? how[2] : null
        );
        break;
    default:
        Console.Error.WriteLine(
            "Say which: intake (both ledgers beside bare SQLite and PostgreSQL), derive (derivations against a bare loop and PostgreSQL), detect (wrong figures found, beside the textbook), checks (a province's figures against each other and their past), correct 1 5 20 (from one correction to its points, with so many million figures in the ledger), publish (a province into InfluxDB beside a bare sender), boards (every panel over a province), thresholds (what one more hourly reading costs), jobs (50,000 duties rung each minute)."
        );
        return 1;
}
return 0;
