namespace KpiMetrics.Boards.Model;

/// <summary>Where figures come from, as <c>provisioning/grafana/datasources</c> names it.</summary>
internal sealed record DataSource(string Type, string Uid)
{
    /// <summary>Figures with what is derived from them; InfluxQL.</summary>
    public static readonly DataSource InfluxDb = new("influxdb", "kpi-influxdb");

    /// <summary>The ledger's views.</summary>
    public static readonly DataSource Postgres = new("grafana-postgresql-datasource", "kpi-postgres");

    /// <summary>Grafana's own: each query of the panel names its source.</summary>
    public static readonly DataSource Mixed = new("datasource", "-- Mixed --");

    /// <summary>Grafana's own: for panels that ask nothing.</summary>
    public static readonly DataSource None = new("datasource", "-- Grafana --");
}
