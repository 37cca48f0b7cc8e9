using System.Globalization;
using static KpiMetrics.Tests.Provisioning.ComposeFile;

namespace KpiMetrics.Tests.Provisioning;

/// <summary>An alert rule of provisioning/grafana: questions, each reduced to its last value, and a threshold on one of them.</summary>
internal sealed class GrafanaRule
{
    private readonly Dictionary<string, Dictionary<string, object>> models;

    public GrafanaRule(Dictionary<string, object> rule)
    {
        Rule = rule;
        Data = GrafanaFiles.Items(rule["data"]);
        models = Data.ToDictionary(item => (string)item["refId"], item => Map(item["model"]), StringComparer.Ordinal);
    }

    public IReadOnlyDictionary<string, object> Rule { get; }

    /// <summary>Questions and expressions in their order.</summary>
    public IReadOnlyList<Dictionary<string, object>> Data { get; }

    public string Uid => (string)Rule["uid"];

    public IReadOnlyDictionary<string, object> Annotations => Map(Rule["annotations"]);

    /// <summary>The SQL of each question by its letter.</summary>
    public IReadOnlyDictionary<string, string> Questions =>
        models
            .Where(pair => pair.Value.ContainsKey("rawSql"))
            .ToDictionary(pair => pair.Key, pair => (string)pair.Value["rawSql"], StringComparer.Ordinal);

    /// <summary>The letter of the question whose last value the threshold is held against.</summary>
    public string Asked => (string)models[(string)Threshold["expression"]]["expression"];

    /// <summary>The expression that decides.</summary>
    public IReadOnlyDictionary<string, object> Threshold => models[(string)Rule["condition"]];

    public Dictionary<string, object> Model(string refId) => models[refId];

    /// <summary>True: with this value the alert fires once it has lasted.</summary>
    public bool FiresAt(double value)
    {
        var evaluator = Map(GrafanaFiles.Items(Threshold["conditions"]).Single()["evaluator"]);
        var limit = double.Parse(Texts(evaluator["params"]).Single(), CultureInfo.InvariantCulture);
        return (string)evaluator["type"] switch
        {
            "gt" => value > limit,
            "lt" => value < limit,
            var other => throw new InvalidOperationException($"{Uid}: a threshold 'gt' or 'lt' is known here, not '{other}'."),
        };
    }
}
