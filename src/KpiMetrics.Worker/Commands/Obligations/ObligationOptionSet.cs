using System.CommandLine;

namespace KpiMetrics.Worker.Commands.Obligations;

/// <summary>The options that say which obligations are meant.</summary>
internal sealed class ObligationOptionSet
{
    public Option<string?> Set { get; } = new("--set") { Description = "The indicator set.", HelpName = "S" };

    public Option<string?> Indicator { get; } = new("--indicator") { Description = "Only this indicator.", HelpName = "I" };

    public Option<string?> Area { get; } =
        new("--area") { Description = "Only areas that bear or bore this code.", HelpName = "A" };

    public Option<string?> Agency { get; } = new("--agency") { Description = "Only what this office reports.", HelpName = "X" };

    public Option<string?> Frequency { get; } = new("--freq") { Description = "Only this frequency.", HelpName = "F" };

    public ObligationFilter Filter(ObligationFilterReader reader, ParseResult parsed, DateTimeOffset at)
    {
        var set = reader.Set(parsed.GetValue(Set));
        return new(
            set.Code,
            reader.Indicator(set, parsed.GetValue(Indicator)),
            reader.Areas(parsed.GetValue(Area)),
            reader.Agency(set, parsed.GetValue(Agency)),
            reader.Frequency(parsed.GetValue(Frequency)),
            null,
            null,
            [],
            at
        );
    }
}
