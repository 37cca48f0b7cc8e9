using KpiMetrics.Benchmarks;
using KpiMetrics.Benchmarks.Correct;
using KpiMetrics.Benchmarks.Derive;

// dotnet run -c Release --project tests/KpiMetrics.Benchmarks -- intake|derive|correct
switch (args)
{
    case ["intake"]:
        await IntakeBenchmark.RunAsync();
        break;
    case ["derive"]:
        return await DeriveBenchmark.RunAsync() ? 0 : 1;
    case ["correct"]:
        await CorrectBenchmark.RunAsync();
        break;
    default:
        Console.Error.WriteLine(
            "Say which: intake (ledger against a bare SQLite upsert), derive (derivations against a bare loop and PostgreSQL), correct (from one correction to its points)."
        );
        return 1;
}
return 0;
