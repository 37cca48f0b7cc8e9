using System.Text.RegularExpressions;
using KpiMetrics.Tests.Support;
using static KpiMetrics.Tests.Provisioning.ComposeFile;

namespace KpiMetrics.Tests.Provisioning;

/// <summary>provisioning/grafana as it stands; variables are not written out.</summary>
internal static partial class GrafanaFiles
{
    public const string Folder = "provisioning/grafana";

    /// <summary>Every YAML file, from the repository's root.</summary>
    public static IReadOnlyList<string> Paths { get; } =
    [
        .. Directory
            .EnumerateFiles(Path.Combine(Repository.Root, Folder), "*.y*ml", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Repository.Root, path).Replace('\\', '/'))
            .Order(StringComparer.Ordinal),
    ];

    public static IReadOnlyList<Dictionary<string, object>> DataSources { get; } =
        Items(Read($"{Folder}/datasources/kpimetrics.yaml")["datasources"]);

    public static IReadOnlyList<Dictionary<string, object>> Providers { get; } =
        Items(Read($"{Folder}/dashboards/kpimetrics.yaml")["providers"]);

    public static IReadOnlyList<Dictionary<string, object>> Groups { get; } =
        Items(Read($"{Folder}/alerting/rules.yaml")["groups"]);

    public static IReadOnlyList<GrafanaRule> Rules { get; } =
    [.. Groups.SelectMany(group => Items(group["rules"])).Select(rule => new GrafanaRule(rule))];

    public static IReadOnlyList<Dictionary<string, object>> ContactPoints { get; } =
        Items(Read($"{Folder}/alerting/contact-points.yaml")["contactPoints"]);

    /// <summary>The root of the tree of notification policies.</summary>
    public static Dictionary<string, object> Policy { get; } =
        Items(Read($"{Folder}/alerting/policies.yaml")["policies"]).Single();

    /// <summary>What Grafana has in its environment, as docker-compose.yml says it.</summary>
    public static IReadOnlyDictionary<string, object> Environment { get; } = Map(Service("grafana")["environment"]);

    /// <summary>The variables that a text is written out from.</summary>
    public static IEnumerable<string> VariablesIn(string text) =>
        Variable().Matches(text).Select(match => match.Groups["name"].Value);

    public static List<Dictionary<string, object>> Items(object list) => [.. ((List<object>)list).Select(Map)];

    /// <summary>Each text below the node with the keys to it, <c>contactPoints[].receivers[].settings.url</c>.</summary>
    public static IEnumerable<(string Path, string Text)> Scalars(object node, string path = "") =>
        node switch
        {
            Dictionary<object, object> map => Map(map)
                .SelectMany(pair => Scalars(pair.Value, path.Length == 0 ? pair.Key : $"{path}.{pair.Key}")),
            Dictionary<string, object> map => map.SelectMany(pair =>
                Scalars(pair.Value, path.Length == 0 ? pair.Key : $"{path}.{pair.Key}")
            ),
            List<object> list => list.SelectMany(item => Scalars(item, path + "[]")),
            _ => [(path, (string)node)],
        };

    [GeneratedRegex(@"\$(?<name>[A-Z][A-Z0-9_]*)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Variable();
}
