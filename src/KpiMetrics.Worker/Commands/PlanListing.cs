using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using KpiMetrics.Core.Derivation.Plans;
using KpiMetrics.Core.Figures;

namespace KpiMetrics.Worker.Commands;

/// <summary>Plans, a line or an object for each version.</summary>
internal static class PlanListing
{
    private static readonly JsonSerializerOptions Json = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
    };

    public static string ToText(IReadOnlyList<PlanRow> rows) =>
        rows.Count == 0 ? "no plans" : string.Join(Environment.NewLine, rows.Select(Line));

    public static string ToJson(IEnumerable<PlanRow> rows) =>
        JsonSerializer.Serialize(
            rows.Select(row => new
            {
                set = row.Key.Set,
                measure = row.Key.Measure,
                subject = row.Key.Subject,
                area = row.Area,
                scheme = row.Version.Scheme,
                period = row.Version.Stated.ToString(),
                value = row.Version.Value,
                kind = row.Version.Kind.Name(),
                decision = row.Version.Decision,
                received_at = InstantText.Print(row.Version.ReceivedAt),
                note = row.Version.Note,
                counts = row.Counts,
            }),
            Json
        );

    private static string Line(PlanRow row)
    {
        var (key, area, version, counts) = row;
        var of = key.Subject.Length > 0 ? $"{key.Measure}/{key.Subject}" : key.Measure;
        var decision = version.Decision is { } text ? $"  {Shown.Of(text)}" : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{(counts ? '*' : ' ')} {of, -14} {area, -6} {version.Scheme, -9} {version.Stated, -7} {version.Value, 16} {version.Kind.Name()}  {InstantText.Print(version.ReceivedAt)}{decision}"
        );
    }
}
