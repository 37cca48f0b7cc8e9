using System.Globalization;
using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Figures;
using KpiMetrics.Worker.Composition;

namespace KpiMetrics.Worker.Commands.Xlsx;

/// <summary>The lines above a table: whose set it is, by which paper, and what was known when.</summary>
internal static class FormTitle
{
    /// <summary>Stands above every table with made-up figures.</summary>
    public const string Demo = $"{DemoSource.Notice} (nguồn {DemoSource.Name}): không phải số thật";

    /// <summary>The lines with their styles; the last is left empty.</summary>
    /// <param name="heading">What the table is of.</param>
    /// <param name="notes">What its reader must know; those that are null are left out.</param>
    public static IReadOnlyList<(uint Style, string Text)> Of(
        ExportScope scope,
        XlsxStyles styles,
        string heading,
        params IEnumerable<string?> notes
    ) =>
        [
            (styles.Strong, scope.Set.Authority),
            (styles.Title, scope.Set.Name),
            (styles.Plain, Paper(scope.Set)),
            (styles.Strong, heading),
            (styles.Plain, $"Số liệu tính đến {Instant(scope.At)}"),
            .. notes.OfType<string>().Select(note => (styles.Note, note)),
            (styles.Plain, ""),
        ];

    // Of some papers only the end of the number is printed, of some only the month.
    private static string Paper(IndicatorSet set)
    {
        var number = set.Decision.StartsWith('/') ? $"…{set.Decision}" : set.Decision;
        var parts = set.Date.Split('-');
        var date = parts.Length == 3 ? $"ngày {parts[2]}/{parts[1]}/{parts[0]}" : $"tháng {parts[^1]}/{parts[0]}";
        return $"Văn bản số {number}, {date}";
    }

    private static string Instant(DateTimeOffset at) =>
        TimeZoneInfo.ConvertTime(at, VietnamTime.Zone).ToString("HH:mm 'ngày' dd/MM/yyyy", CultureInfo.InvariantCulture);
}
