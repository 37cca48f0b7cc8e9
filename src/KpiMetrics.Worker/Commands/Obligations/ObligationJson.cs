using System.Text.Encodings.Web;
using System.Text.Json;
using KpiMetrics.Core.Obligations;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Worker.Commands.Obligations;

/// <summary>Obligations and rates for machines.</summary>
internal static class ObligationJson
{
    public static readonly JsonSerializerOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
    };

    public static string Of(IEnumerable<ObligationLine> lines) => JsonSerializer.Serialize(lines.Select(Record), Options);

    public static string Of(IEnumerable<AgencyRate> rates) =>
        JsonSerializer.Serialize(
            rates.Select(of => new
            {
                agency = of.Agency,
                freq = of.Frequency.Code(),
                expected = of.Rate.Expected,
                received = of.Rate.Received,
                on_time = of.Rate.OnTime,
                received_percent = Rounded(of.Rate.ReceivedPercent),
                on_time_percent = Rounded(of.Rate.OnTimePercent),
            }),
            Options
        );

    private static object Record(ObligationLine line)
    {
        var of = line.Obligation;
        var isExtended = line.DueAt != of.Times.Due;
        return new
        {
            set = of.Duty.Set,
            indicator = of.Duty.Indicator,
            area = line.AreaCode,
            area_name = line.Area?.Name,
            freq = of.Duty.Frequency.Code(),
            period = of.Period.ToString(),
            agency = of.Agency,
            due_at = InstantText.Print(of.Times.Due),
            opens_at = InstantText.Print(of.Times.Opens),
            missing_at = InstantText.Print(line.MissingAt),
            rule = of.Times.Rule,
            state = line.State.Code(),
            late = line.IsLate,
            blame = line.Blame == Blame.Nobody ? null : line.Blame.Code(),
            needs = of.Needs,
            lacks = of.Lacks,
            first_at = Instant(of.FirstAt),
            complete_at = Instant(of.CompleteAt),
            extended_to = isExtended ? InstantText.Print(line.DueAt) : null,
            waived = line.State == ObligationState.Waived,
            exemptions = of.Exemptions.Select(exemption => new
            {
                kind = Kind(exemption.Kind),
                at = InstantText.Print(exemption.At),
                who = exemption.Who,
                why = exemption.Why,
                until = Instant(exemption.Until),
            }),
            created_at = InstantText.Print(of.CreatedAt),
        };
    }

    private static string Kind(ExemptionKind kind) =>
        kind switch
        {
            ExemptionKind.Extension => "extension",
            ExemptionKind.NoExtension => "extension-taken-back",
            ExemptionKind.Waiver => "waiver",
            _ => "waiver-taken-back",
        };

    private static string? Instant(DateTimeOffset? at) => at is { } instant ? InstantText.Print(instant) : null;

    private static decimal? Rounded(decimal? percent) => percent is { } value ? Math.Round(value, 2) : null;
}
