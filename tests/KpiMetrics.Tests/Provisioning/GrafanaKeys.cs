using static KpiMetrics.Tests.Provisioning.ComposeFile;

namespace KpiMetrics.Tests.Provisioning;

/// <summary>
/// The keys that Grafana documents for each kind of provisioning file, as far as ours are of these types: it passes over what it does not know without a
/// word, so a slip of the pen would only show as an alert that never came.
/// </summary>
internal static class GrafanaKeys
{
    private static readonly string[] Any = ["*"];

    /// <summary>By the folder below provisioning/grafana: the keys at each place; an item of a list is named with its type.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyDictionary<string, string[]>> ByFolder { get; } =
        new Dictionary<string, IReadOnlyDictionary<string, string[]>>(StringComparer.Ordinal)
        {
            ["datasources"] = DataSources(),
            ["dashboards"] = Dashboards(),
            ["alerting"] = Alerting(),
        };

    /// <summary>The places whose keys are not among the known ones.</summary>
    public static IEnumerable<string> Unknown(IReadOnlyDictionary<string, string[]> known, object node, string path = "")
    {
        if (node is List<object> list)
            return list.SelectMany(item => Unknown(known, item, $"{path}[]{TypeOf(item)}"));
        if (node is not (Dictionary<object, object> or Dictionary<string, object>))
            return [];
        var map = node as Dictionary<string, object> ?? Map(node);
        if (!known.TryGetValue(path, out var keys))
            return [$"'{path}' has no keys"];
        if (ReferenceEquals(keys, Any))
            return [];
        return map.SelectMany(pair =>
        {
            var place = path.Length == 0 ? pair.Key : $"{path}.{pair.Key}";
            return keys.Contains(pair.Key, StringComparer.Ordinal) ? Unknown(known, pair.Value, place) : [place];
        });
    }

    private static string TypeOf(object item) =>
        item is Dictionary<object, object> map && map.TryGetValue("type", out var type) ? $"({type})" : "";

    // https://grafana.com/docs/grafana/latest/administration/provisioning/#data-sources (example file, tables of jsonData and secureJsonData)
    // https://grafana.com/docs/grafana/latest/datasources/influxdb/configure/#provision-the-data-source
    // https://grafana.com/docs/grafana/latest/datasources/postgres/configure/#provisioning-configuration-reference
    private static Dictionary<string, string[]> DataSources()
    {
        string[] source =
        [
            .. "name type access orgId uid url user database basicAuth basicAuthUser withCredentials isDefault".Split(' '),
            .. "jsonData secureJsonData version editable".Split(' '),
        ];
        return new(StringComparer.Ordinal)
        {
            [""] = ["apiVersion", "deleteDatasources", "prune", "datasources"],
            ["datasources[](influxdb)"] = source,
            ["datasources[](influxdb).jsonData"] =
            [
                "version",
                "dbName",
                "httpMode",
                "timeInterval",
                "maxSeries",
                "tlsSkipVerify",
            ],
            ["datasources[](influxdb).secureJsonData"] = ["password", "basicAuthPassword", "token", "tlsCACert"],
            ["datasources[](grafana-postgresql-datasource)"] = source,
            ["datasources[](grafana-postgresql-datasource).jsonData"] =
            [
                .. "database sslmode maxOpenConns maxIdleConns maxIdleConnsAuto connMaxLifetime postgresVersion timescaledb".Split(
                    ' '
                ),
                .. "tlsConfigurationMethod sslRootCertFile sslCertFile sslKeyFile".Split(' '),
            ],
            ["datasources[](grafana-postgresql-datasource).secureJsonData"] =
            [
                "password",
                "tlsCACert",
                "tlsClientCert",
                "tlsClientKey",
            ],
        };
    }

    // https://grafana.com/docs/grafana/latest/administration/provisioning/#dashboards
    private static Dictionary<string, string[]> Dashboards() =>
        new(StringComparer.Ordinal)
        {
            [""] = ["apiVersion", "providers"],
            ["providers[](file)"] =
            [
                .. "name orgId folder folderUid type disableDeletion updateIntervalSeconds allowUiUpdates options".Split(' '),
            ],
            ["providers[](file).options"] = ["path", "foldersFromFilesStructure"],
        };

    // https://grafana.com/docs/grafana/latest/alerting/set-up/provision-alerting-resources/file-provisioning/
    // isPaused and keepFiringFor: as Grafana exports a rule, .../provision-alerting-resources/export-alerting-resources/#export-alert-rules
    // parse_mode: .../alerting/configure-notifications/manage-contact-points/integrations/configure-telegram/
    // title and message of a webhook: .../integrations/webhook-notifier/
    // Expressions: https://grafana.com/docs/grafana/latest/alerting/fundamentals/alert-rules/queries-conditions/#expression-queries
    private static Dictionary<string, string[]> Alerting()
    {
        const string rule = "groups[].rules[]";
        string[] receiver = ["uid", "type", "disableResolveMessage", "settings"];
        string[] route =
        [
            .. "receiver group_by matchers object_matchers mute_time_intervals active_time_intervals continue".Split(' '),
            .. "group_wait group_interval repeat_interval routes".Split(' '),
        ];
        return new(StringComparer.Ordinal)
        {
            [""] =
            [
                .. "apiVersion groups deleteRules contactPoints deleteContactPoints policies resetPolicies templates".Split(' '),
                .. "deleteTemplates muteTimes deleteMuteTimes".Split(' '),
            ],
            ["groups[]"] = ["orgId", "name", "folder", "interval", "rules"],
            [rule] =
            [
                .. "uid title condition data dashboardUid panelId noDataState execErrState for keepFiringFor annotations".Split(
                    ' '
                ),
                .. "labels isPaused".Split(' '),
            ],
            [$"{rule}.labels"] = Any,
            [$"{rule}.annotations"] = Any,
            [$"{rule}.data[]"] = ["refId", "queryType", "relativeTimeRange", "datasourceUid", "model"],
            [$"{rule}.data[].relativeTimeRange"] = ["from", "to"],
            [$"{rule}.data[].model"] =
            [
                .. "refId datasource format rawQuery rawSql type expression reducer conditions".Split(' '),
                .. "intervalMs maxDataPoints editorMode hide".Split(' '),
            ],
            [$"{rule}.data[].model.datasource"] = ["type", "uid"],
            [$"{rule}.data[].model.conditions[]"] = ["evaluator", "operator", "query", "reducer", "type"],
            [$"{rule}.data[].model.conditions[].evaluator"] = ["type", "params"],
            ["contactPoints[]"] = ["orgId", "name", "receivers"],
            ["contactPoints[].receivers[](email)"] = receiver,
            ["contactPoints[].receivers[](email).settings"] = ["addresses", "singleEmail", "message", "subject"],
            ["contactPoints[].receivers[](telegram)"] = receiver,
            ["contactPoints[].receivers[](telegram).settings"] = ["bottoken", "chatid", "message", "parse_mode"],
            ["contactPoints[].receivers[](webhook)"] = receiver,
            ["contactPoints[].receivers[](webhook).settings"] =
            [
                .. "url httpMethod username password authorization_scheme authorization_credentials maxAlerts title message".Split(
                    ' '
                ),
            ],
            ["policies[]"] = ["orgId", .. route],
            ["policies[].routes[]"] = route,
            ["policies[].routes[].routes[]"] = route,
            ["templates[]"] = ["orgId", "name", "template"],
        };
    }
}
