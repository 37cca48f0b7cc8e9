using System.Text.RegularExpressions;
using static KpiMetrics.Tests.Provisioning.ComposeFile;
using static KpiMetrics.Tests.Provisioning.GrafanaFiles;

namespace KpiMetrics.Tests.Provisioning;

/// <summary>provisioning/grafana/alerting: what it names is there, and the alarm rings where nothing can be read.</summary>
public sealed partial class GrafanaAlertingTests
{
    private const string Expression = "__expr__";

    public static TheoryData<string> RuleUids => [.. Rules.Select(rule => rule.Uid)];

    [Fact]
    public void Uids_OfAllThatHasOne_AreUniqueAndShort()
    {
        var receivers = ContactPoints
            .SelectMany(point => Items(point["receivers"]))
            .Select(receiver => (string)receiver["uid"])
            .ToList();
        var rules = Rules.Select(rule => rule.Uid).ToList();
        var folders = Providers.Select(provider => (string)provider["folderUid"]).ToList();
        foreach (var uids in (List<string>[])[receivers, rules, folders])
        {
            Assert.NotEmpty(uids);
            Assert.Equal(uids.Count, uids.Distinct().Count());
            Assert.All(uids, uid => Assert.Matches("^[a-zA-Z0-9_-]{1,40}$", uid)); // what Grafana allows
        }
        var titles = Rules.Select(rule => (string)rule.Rule["title"]).ToList();
        Assert.Equal(titles.Count, titles.Distinct().Count()); // within a folder they must be
        Assert.DoesNotContain(Groups, group => Providers.Any(provider => Equals(provider["folder"], group["folder"])));
    }

    [Theory, MemberData(nameof(RuleUids))]
    public void Rule_Any_AsksADataSourceReducesAndCompares(string uid)
    {
        var rule = Rule(uid);
        var sources = DataSources.Select(source => (string)source["uid"]).ToList();
        var before = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in rule.Data)
        {
            var refId = (string)item["refId"];
            var model = rule.Model(refId);
            Assert.Equal(refId, model["refId"]);
            Assert.Equal(item["datasourceUid"], Map(model["datasource"])["uid"]);
            if ((string)item["datasourceUid"] == Expression)
            {
                Assert.Contains((string)model["expression"], before);
            }
            else
            {
                Assert.Contains((string)item["datasourceUid"], sources);
                Assert.Equal("time_series", model["format"]); // the one that the documentation of every release allows in alerts
                Assert.NotEqual("0", Map(item["relativeTimeRange"])["from"]);
            }
            Assert.True(before.Add(refId), refId);
        }
        Assert.Equal("threshold", rule.Threshold["type"]);
        Assert.Contains(rule.Asked, rule.Questions.Keys);
        Assert.Equal(rule.Data[^1]["refId"], rule.Rule["condition"]);
    }

    [Theory, MemberData(nameof(RuleUids))]
    public void Rule_Any_SaysInVietnameseWhatIsWrongAndHowBad(string uid)
    {
        var rule = Rule(uid);
        var summary = (string)rule.Annotations["summary"];

        Assert.Matches("[ăâđêôơưàáảãạèéẻẽẹìíỉĩịòóỏõọùúủũụýạảấầậắặếềệốồộớờợứừự]", summary);
        Assert.Contains((string)Map(rule.Rule["labels"])["severity"], (string[])["critical", "warning", "heartbeat"]);
        foreach (var text in rule.Annotations.Values.Cast<string>())
        {
            Assert.DoesNotContain('$', text); // some releases would write it out from the environment
            foreach (Match value in Value().Matches(text))
                Assert.Equal("reduce", rule.Model(value.Groups["refId"].Value)["type"]); // a question's own frames have no value there
        }
    }

    [Theory, MemberData(nameof(RuleUids))]
    public void Rule_Any_IsEvaluatedOftenEnoughForItsPatience(string uid)
    {
        var group = Assert.Single(Groups, group => Items(group["rules"]).Any(rule => (string)rule["uid"] == uid));
        var interval = Seconds((string)group["interval"]);

        Assert.Equal(0, interval % 10); // what Grafana schedules by
        Assert.Equal(0, Seconds((string)Rule(uid).Rule["for"]) % interval);
    }

    [Fact]
    public void Heartbeat_NothingCanBeRead_IsTheAlarmItself()
    {
        var heartbeat = Rule("kpi-heartbeat").Rule;

        Assert.Equal("Alerting", heartbeat["noDataState"]);
        Assert.Equal("Alerting", heartbeat["execErrState"]);
        Assert.Equal("false", heartbeat["isPaused"]);
        Assert.Equal("critical", Map(heartbeat["labels"])["severity"]);
        // The others hold still then: what they last said is not taken back because nobody can look.
        Assert.Equal("KeepLast", Rule("kpi-outbox").Rule["execErrState"]);
        Assert.Equal("KeepLast", Rule("kpi-late").Rule["execErrState"]);
        // And the sign of life stops.
        Assert.Equal("OK", Rule("kpi-alive").Rule["noDataState"]);
        Assert.Equal("OK", Rule("kpi-alive").Rule["execErrState"]);
    }

    [Fact]
    public void Rules_ThatOthersMayTellToo_ArePausedUnlessAskedFor()
    {
        Assert.Equal("$GRAFANA_LATE_ALERTS_PAUSED", Rule("kpi-late").Rule["isPaused"]);
        Assert.Equal("$GRAFANA_HEARTBEAT_PAUSED", Rule("kpi-alive").Rule["isPaused"]);
        // Never empty: Grafana reads it as a truth value and does not start on anything else.
        Assert.Equal("${GRAFANA_LATE_ALERTS_PAUSED:-true}", GrafanaFiles.Environment["GRAFANA_LATE_ALERTS_PAUSED"]);
        Assert.Equal("${GRAFANA_HEARTBEAT_PAUSED:-true}", GrafanaFiles.Environment["GRAFANA_HEARTBEAT_PAUSED"]);
    }

    [Fact]
    public void Policies_WhomTheyName_AreContactPointsAndAllAreUsed()
    {
        var names = ContactPoints.Select(point => (string)point["name"]).Order(StringComparer.Ordinal).ToList();
        var named = Routes(Policy).Select(route => (string)route["receiver"]).Distinct().Order(StringComparer.Ordinal);

        Assert.Equal(names, named);
        Assert.DoesNotContain("object_matchers", Policy.Keys); // the root takes whatever is left
    }

    [Fact]
    public void Templates_ThatContactPointsUse_AreDefined()
    {
        var defined = Items(Read($"{Folder}/alerting/templates.yaml")["templates"])
            .SelectMany(template => Defined().Matches((string)template["template"]))
            .Select(match => match.Groups["name"].Value)
            .ToList();
        var used = Paths
            .Where(path => path.Contains("/alerting/", StringComparison.Ordinal))
            .SelectMany(path => Scalars(Read(path)))
            .SelectMany(scalar => Used().Matches(scalar.Text))
            .Select(match => match.Groups["name"].Value)
            .ToList();

        Assert.Equal(defined.Count, defined.Distinct().Count());
        Assert.Equal(defined.Order(StringComparer.Ordinal), used.Distinct().Order(StringComparer.Ordinal));
    }

    private static GrafanaRule Rule(string uid) => Rules.Single(rule => rule.Uid == uid);

    private static IEnumerable<Dictionary<string, object>> Routes(Dictionary<string, object> route) =>
        route.TryGetValue("routes", out var below) ? Items(below).SelectMany(Routes).Prepend(route) : [route];

    private static int Seconds(string duration) => int.Parse(duration[..^1], null) * (duration[^1] == 'm' ? 60 : 1);

    [GeneratedRegex(@"\.Values\.(?<refId>[A-Z])", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Value();

    [GeneratedRegex("""\{\{-? *define "(?<name>[^"]+)" """, RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Defined();

    [GeneratedRegex("""\{\{-? *template "(?<name>[^"]+)" """, RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Used();
}
