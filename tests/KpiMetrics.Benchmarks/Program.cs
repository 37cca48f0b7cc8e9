using KpiMetrics.Benchmarks;

// dotnet run -c Release --project tests/KpiMetrics.Benchmarks -- intake|derive
switch (args)
{
    case ["intake"]:
        await IntakeBenchmark.RunAsync();
        break;
    case ["derive"]:
        DeriveBenchmark.Run();
        break;
    default:
        Console.Error.WriteLine(
            "Say which: intake (ledger against a bare SQLite upsert), derive (derivations against a bare loop)."
        );
        return 1;
}
return 0;
