using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Quality;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace KpiMetrics.Pipeline.Sources.Http;

/// <summary>Checks the configured HTTP sources against themselves and the catalog, all faults at once. Addresses and headers, which may hold keys, are not quoted.</summary>
public static class HttpSourceOptionsCheck
{
    private static readonly string[] Columns = [.. ReportColumnNames.Required, .. ReportColumnNames.Optional];

    private static readonly string[] Needed = ["measure", "area", "value"];

    /// <summary>One line for each fault, with its place in the configuration; empty where all is well.</summary>
    public static IEnumerable<string> Faults(IReadOnlyList<HttpSourceOptions> sources, CatalogSnapshot catalog)
    {
        for (var i = 0; i < sources.Count; i++)
        {
            var place = $"Sources:Http:{i}";
            foreach (var fault in OptionFaults.Of(sources[i], place, secret: nameof(HttpSourceOptions.Url)))
                yield return fault;
            foreach (var fault in InItself(sources[i]).Concat(Against(catalog, sources[i])))
                yield return $"{place}:{fault}";
        }
        foreach (var twice in sources.GroupBy(source => source.Name, StringComparer.Ordinal).Where(group => group.Count() > 1))
            yield return $"Sources:Http: the name '{twice.Key}' is given {twice.Count()} times; each source needs its own.";
    }

    private static IEnumerable<string> InItself(HttpSourceOptions source)
    {
        if (source.Url is { Length: > 0 } url && HttpAddress.Fault(url) is { } wrong)
            yield return $"Url {wrong}";
        if (PathFault(source.Rows) is { } path)
            yield return $"Rows {path}";
        foreach (var (column, value) in source.Columns)
        {
            if (!Columns.Contains(column, StringComparer.OrdinalIgnoreCase))
                yield return $"Columns:{column} is unknown; allowed: {string.Join(", ", Columns)}.";
            else if (string.IsNullOrEmpty(value))
                yield return $"Columns:{column} is empty; write a JSON path, or =text for a constant.";
            else if (value[0] != '=' && PathFault(value) is { } fault)
                yield return $"Columns:{column} {fault}";
        }
        foreach (var column in Needed.Where(column => !source.Columns.Keys.Contains(column, StringComparer.OrdinalIgnoreCase)))
            yield return $"Columns:{column} is not mapped.";
        using var probe = new HttpRequestMessage();
        foreach (var (header, value) in source.Headers)
        {
            if (value is null || !probe.Headers.TryAddWithoutValidation(header, ""))
                yield return $"Headers:{header} cannot be sent: it has no value, or is no name of a request header.";
        }
    }

    private static string? PathFault(string path)
    {
        try
        {
            new JObject().SelectTokens(path ?? "");
            return null;
        }
        catch (JsonException fault)
        {
            return $"is '{path}', which is no JSON path: {fault.Message}";
        }
    }

    private static IEnumerable<string> Against(CatalogSnapshot catalog, HttpSourceOptions source)
    {
        if (source.Set is not { Length: > 0 } set)
            yield break;
        if (catalog.FindSet(set) is not { } known)
        {
            yield return $"Set '{set}' is unknown; allowed: {string.Join(", ", catalog.Sets.Select(other => other.Code))}.";
            yield break;
        }
        foreach (var indicator in source.Indicators.Where(code => code is null || catalog.FindIndicator(set, code) is null))
            yield return $"Indicators: '{indicator}' is not in set {set}.";
        if (source.Agency is { Length: > 0 } agency && !AgencyDoor.IsKnown(known, agency))
            yield return $"Agency {Shown.Of(agency)} is no office of set {set}; allowed: {AgencyDoor.Allowed(known)}.";
    }
}
