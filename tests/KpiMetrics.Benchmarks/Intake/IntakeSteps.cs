using System.Globalization;
using KpiMetrics.Core.Figures;
using KpiMetrics.Pipeline.Collection;
using KpiMetrics.Pipeline.Sources.Inbox;

namespace KpiMetrics.Benchmarks.Intake;

/// <summary>How much of intake goes into reading the file, and into reading and checking it.</summary>
internal static class IntakeSteps
{
    private const int Turns = 5;

    public static async Task PrintAsync(TimeZoneInfo zone)
    {
        var set = IntakeData.Catalog.Sets[0];
        var door = new RowDoor(IntakeData.Catalog, set, zone, OurIntake.At, NumberLocale.En, agency: null);
        var (read, check) = (new BestTime(), new BestTime());
        for (var turn = 0; turn < Turns; turn++)
        {
            await read.MeasureAsync(() => ReadAsync(null));
            await check.MeasureAsync(() => ReadAsync(door));
        }
        Print("read the file", read);
        Print("read and check", check);
    }

    private static async Task ReadAsync(RowDoor? door)
    {
        var csv = new MemoryStream(IntakeData.Reports[0]);
        await using var file = await ReportFile.OpenAsync(csv, "bench.csv", NumberLocale.En, default);
        await foreach (var row in file.ReadAsync(default))
        {
            if (door is not null && door.Read(row, out var refusals) is null)
                throw new InvalidOperationException(refusals[0].Message);
        }
    }

    private static void Print(string step, BestTime best) =>
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{step}: {best.CpuSeconds / IntakeData.Rows * 1e6:0.0} µs of processor a row, {IntakeData.Rows / best.Seconds:N0} rows/s"
            )
        );
}
