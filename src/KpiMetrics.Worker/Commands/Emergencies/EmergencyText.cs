using System.Text.Json;
using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Obligations;
using KpiMetrics.Worker.Commands.Obligations;

namespace KpiMetrics.Worker.Commands.Emergencies;

/// <summary>Emergencies for people and for machines.</summary>
internal static class EmergencyText
{
    /// <summary>What it means, in a few lines.</summary>
    public static string Of(EmergencyEffect effect)
    {
        var (emergency, indicators) = (effect.Emergency, effect.Indicators);
        var codes = string.Join(", ", indicators.Select(of => $"{of.Set}/{of.Indicator.Code}"));
        var lines = new List<string>
        {
            $"Tình huống khẩn cấp {emergency.Id} theo {emergency.Order}: từ {ObligationText.Local(emergency.From)} đến {ObligationText.Local(emergency.Until)}.",
            $"{effect.Areas} địa bàn báo cáo theo giờ {indicators.Count} chỉ số: {codes}.",
            $"Giờ đầu tiên: {effect.FirstHour}, hạn {ObligationText.Local(effect.FirstDue)}.",
        };
        return string.Join(Environment.NewLine, lines);
    }

    public static string Of(CatalogSnapshot catalog, IReadOnlyList<Emergency> all, DateTimeOffset at) =>
        all.Count == 0
            ? "Chưa có tình huống khẩn cấp nào."
            : string.Join(
                Environment.NewLine,
                all.Select(of =>
                    $"{of.Id, 3}  {ObligationText.Local(of.From)}  {ObligationText.Local(of.Until)}  {State(of, at).Vietnamese, -13}  {of.Order}  {string.Join(", ", of.Areas.Select(id => Name(catalog, id)))}  ({of.DeclaredBy})"
                )
            );

    public static string ToJson(CatalogSnapshot catalog, IEnumerable<Emergency> all, DateTimeOffset at) =>
        JsonSerializer.Serialize(all.Select(of => Record(catalog, of, at)), ObligationJson.Options);

    public static object Record(CatalogSnapshot catalog, Emergency of, DateTimeOffset at) =>
        new
        {
            id = of.Id,
            order = of.Order,
            areas = of.Areas.Select(id => catalog.FindAreaById(id)?.Code ?? id),
            area_names = of.Areas.Select(id => catalog.FindAreaById(id)?.Name),
            from = InstantText.Print(of.From),
            until = InstantText.Print(of.Until),
            state = State(of, at).Code,
            declared_at = InstantText.Print(of.DeclaredAt),
            declared_by = of.DeclaredBy,
            stopped_at = of.StoppedAt is { } stopped ? InstantText.Print(stopped) : null,
        };

    private static (string Code, string Vietnamese) State(Emergency of, DateTimeOffset at) =>
        of.IsInForce(at) ? ("in-force", "đang hiệu lực")
        : at < of.From && at < of.Until ? ("upcoming", "sắp tới")
        : of.StoppedAt is not null ? ("stopped", "đã dừng")
        : ("expired", "đã hết hạn");

    private static string Name(CatalogSnapshot catalog, string id) =>
        catalog.FindAreaById(id) is { } area ? $"{area.Code} {area.Name}" : id;
}
