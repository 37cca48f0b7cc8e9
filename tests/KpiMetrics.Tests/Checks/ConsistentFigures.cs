using System.Globalization;

namespace KpiMetrics.Tests.Checks;

/// <summary>Reports of two communes over fifteen months in which everything that follows from something else was computed, and printed as offices print.</summary>
/// <param name="Received">By commune and month from 2025-01 on; at least 1 each.</param>
/// <param name="InTime">No more than were received.</param>
/// <param name="Tonnes">By commune and month, of two crops; unrounded.</param>
/// <param name="Places">The decimals of rates.</param>
/// <param name="Rounding">Of rates and tonnes.</param>
internal sealed record ConsistentFigures(
    int[][] Received,
    int[][] InTime,
    (decimal Rice, decimal Maize)[][] Tonnes,
    int Places,
    MidpointRounding Rounding
)
{
    public const int Months = 15;

    private static readonly string[] Communes = ["09001", "08999"];

    public IEnumerable<string> Lines()
    {
        for (var commune = 0; commune < Communes.Length; commune++)
        {
            foreach (var line in OfCommune(commune, Communes[commune]))
                yield return line;
        }
        for (var month = 0; month < Months; month++)
        {
            var (above, below) = (Total(InTime, [month]), Total(Received, [month]));
            yield return $"A01.01 97 {Name(month)} {below}";
            yield return $"A01.02 97 {Name(month)} {above}";
            yield return $"A01.03 97 {Name(month)} {Rate(100m * above / below)}";
        }
    }

    private IEnumerable<string> OfCommune(int commune, string area)
    {
        var (received, inTime) = (Received[commune], InTime[commune]);
        for (var month = 0; month < Months; month++)
        {
            var period = Name(month);
            yield return $"A01.01 {area} {period} {received[month]}";
            yield return $"A01.02 {area} {period} {inTime[month]}";
            yield return $"A01.03 {area} {period} {Rate(100m * inTime[month] / received[month])}";
            yield return $"A01.04 {area} {period} {received[(month / 12 * 12)..(month + 1)].Sum()}";
            if (month >= 12)
                yield return $"A01.05 {area} {period} {Rate(100m * (received[month] - received[month - 12]) / received[month - 12])}";
            var (rice, maize) = Tonnes[commune][month];
            yield return $"A02.01 {area} {period} {Amount(rice + maize)}";
            yield return $"A02.02/lua {area} {period} {Amount(rice)}";
            yield return $"A02.02/ngo {area} {period} {Amount(maize)}";
        }
        for (var quarter = 0; quarter < Months / 3; quarter++)
        {
            int[] months = [quarter * 3, quarter * 3 + 1, quarter * 3 + 2];
            var period = $"{2025 + quarter / 4}-Q{quarter % 4 + 1}";
            var (above, below) = (months.Sum(month => inTime[month]), months.Sum(month => received[month]));
            yield return $"A01.01 {area} {period} {below}";
            yield return $"A01.03 {area} {period} {Rate(100m * above / below)}";
            yield return $"A02.01 {area} {period} {Amount(months.Sum(month => Tonnes[commune][month].Rice + Tonnes[commune][month].Maize))}";
        }
        yield return $"A01.01 {area} 2025 {received[..12].Sum()}";
    }

    private static int Total(int[][] counts, int[] months) => counts.Sum(commune => months.Sum(month => commune[month]));

    private static string Name(int month) =>
        $"{2025 + month / 12}-{(month % 12 + 1).ToString("00", CultureInfo.InvariantCulture)}";

    private string Rate(decimal value) => Print(value, Places);

    private string Amount(decimal value) => Print(value, 1);

    private string Print(decimal value, int places) =>
        decimal.Round(value, places, Rounding)
            .ToString("F" + places.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
