using KpiMetrics.Core.Obligations;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Core.Alerting;

/// <summary>Who hears of what is late and not taken on: the office, then its head, then the provincial office.</summary>
/// <remarks>
/// For slow frequencies working days count, and each step comes with a morning's digest; for hours, when a river rises, plain time. Only lateness goes up:
/// what looks wrong may be right, and a source that fails is no office's fault.
/// </remarks>
public sealed class Escalation(WorkingCalendar calendar, TimeZoneInfo zone)
{
    /// <summary>After how many working days the head hears of it.</summary>
    public const int HeadDays = 2;

    /// <summary>After how many working days the provincial office hears of it.</summary>
    public const int ProvinceDays = 5;

    /// <summary>The same for hours.</summary>
    public static readonly TimeSpan HeadSpan = TimeSpan.FromHours(1);

    /// <summary>The same for hours.</summary>
    public static readonly TimeSpan ProvinceSpan = TimeSpan.FromHours(3);

    /// <param name="from">From when on the office could act.</param>
    public AlertAudience Of(Concern concern, DateTimeOffset from, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(concern);
        if (concern.Kind is AlertKind.SourceFailing or AlertKind.PointRefused)
            return AlertAudience.Operations;
        if (!concern.IsLateness)
            return AlertAudience.Office;
        var (head, province) = concern.Period is { Frequency: Frequency.Hour }
            ? (from + HeadSpan, from + ProvinceSpan)
            : (After(from, HeadDays), After(from, ProvinceDays));
        return at >= province ? AlertAudience.Province
            : at >= head ? AlertAudience.Head
            : AlertAudience.Office;
    }

    private DateTimeOffset After(DateTimeOffset from, int days)
    {
        var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(from, zone).DateTime);
        return Mornings.On(calendar.AddWorkingDays(day, days), zone);
    }
}
