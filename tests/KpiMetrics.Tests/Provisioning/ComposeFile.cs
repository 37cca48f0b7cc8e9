using System.Globalization;
using KpiMetrics.Tests.Support;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.Serialization;

namespace KpiMetrics.Tests.Provisioning;

/// <summary>docker-compose.yml as it stands, its common parts merged in; variables are not written out.</summary>
internal static class ComposeFile
{
    private static readonly Dictionary<string, object> Root = Read("docker-compose.yml");

    public static IReadOnlyDictionary<string, object> Whole => Root;

    public static IEnumerable<string> ServiceNames => Map(Root["services"]).Keys;

    public static Dictionary<string, object> Service(string name) => Map(Map(Root["services"])[name]);

    /// <summary>A YAML file of the repository.</summary>
    public static Dictionary<string, object> Read(string path)
    {
        using var text = File.OpenText(Path.Combine(Repository.Root, path));
        var parser = new MergingParser(new Parser(text));
        parser.Consume<StreamStart>();
        return Map(new DeserializerBuilder().Build().Deserialize(parser)!); // an empty file fails here, as it should
    }

    public static Dictionary<string, object> Map(object node) =>
        ((Dictionary<object, object>)node).ToDictionary(pair => (string)pair.Key, pair => pair.Value, StringComparer.Ordinal);

    public static List<string> Texts(object node) =>
        [.. ((List<object>)node).Select(item => Convert.ToString(item, CultureInfo.InvariantCulture) ?? "")];
}
