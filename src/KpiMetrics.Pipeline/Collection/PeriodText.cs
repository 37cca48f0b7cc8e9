using System.Globalization;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Pipeline.Collection;

/// <summary>Periods as offices write them: SDMX TIME_PERIOD, and days as dd/MM/yyyy.</summary>
internal static class PeriodText
{
    public static bool TryParse(string text, out Period period, out string why)
    {
        if (
            DateTime.TryParseExact(text, "dd/MM/yyyy", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            && day.Year is >= Period.FirstYear and <= Period.LastYear
        )
        {
            why = "";
            period = Period.At(Frequency.Day, day);
            return true;
        }
        return Period.TryParse(text, out period, out why);
    }
}
