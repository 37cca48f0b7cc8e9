namespace KpiMetrics.Core.Figures;

/// <summary>The names of locales in settings and on the command line: <c>vi</c>, <c>en</c>.</summary>
public static class NumberLocaleName
{
    /// <summary>What a message lists as allowed.</summary>
    public const string Allowed = "vi, en";

    /// <summary>Null for an empty name, and for one that is none.</summary>
    public static NumberLocale? Find(string? name) =>
        name switch
        {
            "vi" => NumberLocale.Vi,
            "en" => NumberLocale.En,
            _ => null,
        };
}
