using KpiMetrics.Core.Alerting;

namespace KpiMetrics.Pipeline.Ledger.Sql;

/// <summary>Names of alerts' kinds, states and so on, as they were written by this build or an older one.</summary>
internal static class AlertNaming
{
    public static AlertKind Kind(string name) =>
        AlertNames.TryParse(name, out AlertKind kind) ? kind : throw Unknown("kind", name);

    public static AlertSeverity Severity(string name) =>
        AlertNames.TryParse(name, out AlertSeverity severity) ? severity : throw Unknown("severity", name);

    public static AlertState State(string name) =>
        AlertNames.TryParse(name, out AlertState state) ? state : throw Unknown("state", name);

    public static AlertStep Step(string name) =>
        AlertNames.TryParse(name, out AlertStep step) ? step : throw Unknown("step", name);

    public static AlertAudience Audience(string name) =>
        AlertNames.TryParse(name, out AlertAudience audience) ? audience : throw Unknown("audience", name);

    private static InvalidDataException Unknown(string what, string name) =>
        new($"The ledger has alerts of the {what} '{name}'.");
}
