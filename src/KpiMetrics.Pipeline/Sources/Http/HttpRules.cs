using KpiMetrics.Core.Figures;
using KpiMetrics.Pipeline.Sources.Sites;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace KpiMetrics.Pipeline.Sources.Http;

/// <summary>Whether the settings of an API fit together. Addresses and headers, which may hold keys, are not quoted.</summary>
internal static class HttpRules
{
    public static IEnumerable<SiteFault> Check(HttpSourceOptions source) =>
        AnnotationRules.Check(source, "url").Concat(Paths(source)).Concat(Headers(source)).Concat(Address(source));

    private static IEnumerable<SiteFault> Address(HttpSourceOptions source)
    {
        if (source.Url.Length == 0)
            yield break;
        if (HttpAddress.Fault(source.Url) is { } wrong)
            yield return new(source, "url", $"'url' {wrong}");
        if (source.IsPaged && source.Next.Length > 0)
            yield return new(source, "next", "'next' and {page} in 'url' are two ways through the pages; choose one");
        if (!source.IsPaged && source.PageSize > 0)
            yield return new(source, "page_size", "'page_size' needs {page} in 'url'");
        foreach (var fault in source.PeriodsPerQuestion > 1 ? Ranges(source) : [])
            yield return fault;
    }

    private static IEnumerable<SiteFault> Ranges(HttpSourceOptions source)
    {
        const string key = "periods_per_question";
        if (!source.Columns.ContainsKey("period"))
            yield return new(source, key, $"'{key}' above 1 needs 'period' among the columns, to tell the rows apart");
        if (source.Url.Contains("{period}", StringComparison.Ordinal))
            yield return new(source, key, $"'{key}' above 1 does not go with {{period}} in 'url', which is a single one");
        if (!(Has(source, "{from}") && Has(source, "{to}")) && !(Has(source, "{from_period}") && Has(source, "{to_period}")))
            yield return new(
                source,
                key,
                $"'{key}' above 1 needs {{from}} and {{to}}, or {{from_period}} and {{to_period}}, in 'url'"
            );
    }

    private static bool Has(HttpSourceOptions source, string place) => source.Url.Contains(place, StringComparison.Ordinal);

    private static IEnumerable<SiteFault> Paths(HttpSourceOptions source)
    {
        (string Key, string Path)[] own = [("rows", source.Rows), ("next", source.Next), ("stated_at", source.StatedAt)];
        foreach (var (key, path) in own)
        {
            if (PathFault(path) is { } fault)
                yield return new(source, key, $"'{key}' is {fault}");
        }
        foreach (var (column, value) in source.Columns.Where(column => column.Value[0] != '='))
        {
            if (PathFault(value) is { } fault)
                yield return new(source.Columns, column, $"'{column}' is {fault}; write a JSON path, or =text for a constant");
        }
    }

    private static string? PathFault(string path)
    {
        if (path.Length == 0)
            return null;
        try
        {
            new JObject().SelectTokens(path);
            return null;
        }
        catch (JsonException fault)
        {
            return $"{Shown.Of(path)}, which is no JSON path: {fault.Message.TrimEnd('.')}";
        }
    }

    private static IEnumerable<SiteFault> Headers(HttpSourceOptions source)
    {
        using var probe = new HttpRequestMessage();
        foreach (var header in source.Headers.Keys.Where(header => !probe.Headers.TryAddWithoutValidation(header, "")))
            yield return new(source, "headers", $"'headers' has {Shown.Of(header)}, which is no name of a request header");
    }
}
