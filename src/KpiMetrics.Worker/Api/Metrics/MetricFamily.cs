using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace KpiMetrics.Worker.Api.Metrics;

/// <summary>One instrument: what was measured, by labels.</summary>
internal sealed class MetricFamily
{
    // Beyond it a label is not what it should be; what comes then is counted together.
    private const int MostSeries = 1000;
    private const string Others = "overflow=\"true\"";

    private static readonly double[] Seconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

    private readonly Lock gate = new();
    private readonly SortedDictionary<string, Cell> cells = new(StringComparer.Ordinal);
    private readonly string help;
    private readonly string type;
    private readonly double[] bounds;
    private readonly double scale;
    private readonly bool replaces;

    public MetricFamily(Instrument instrument)
    {
        help = instrument.Description ?? "";
        var kind = instrument.GetType().GetGenericTypeDefinition();
        replaces = instrument.IsObservable || kind == typeof(Gauge<>);
        type =
            kind == typeof(Counter<>) || kind == typeof(ObservableCounter<>) ? "counter"
            : kind == typeof(Histogram<>) ? "histogram"
            : "gauge";
        scale = instrument.Unit == "ms" ? 0.001 : 1;
        bounds = type == "histogram" ? Bounds(instrument) : [];
        Name = NameOf(instrument, type);
    }

    public string Name { get; }

    public void Measure(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = LabelSet.Of(tags);
        lock (gate)
        {
            if (!cells.TryGetValue(labels, out var cell))
            {
                if (cells.Count >= MostSeries && !cells.ContainsKey(Others))
                    labels = Others;
                cell = cells.Count > MostSeries ? cells[Others] : cells[labels] = new(bounds.Length + 1);
            }
            cell.Add(value * scale, bounds, replaces);
        }
    }

    /// <summary>Before what is observed is asked for anew: what is no longer there must not stay.</summary>
    public void Forget()
    {
        if (!replaces)
            return;
        lock (gate)
            cells.Clear();
    }

    public void Write(StringBuilder text)
    {
        lock (gate)
        {
            if (cells.Count == 0)
                return;
            text.Append(CultureInfo.InvariantCulture, $"# HELP {Name} {LabelSet.Escape(help)}\n# TYPE {Name} {type}\n");
            foreach (var (labels, cell) in cells)
            {
                if (type == "histogram")
                    WriteHistogram(text, labels, cell);
                else
                    Line(text, Name, labels, cell.Sum);
            }
        }
    }

    private void WriteHistogram(StringBuilder text, string labels, Cell cell)
    {
        var comma = labels.Length > 0 ? "," : "";
        long count = 0;
        for (var at = 0; at <= bounds.Length; at++)
        {
            count += cell.Buckets[at];
            Line(text, $"{Name}_bucket", $"{labels}{comma}le=\"{(at < bounds.Length ? Number(bounds[at]) : "+Inf")}\"", count);
        }
        Line(text, $"{Name}_sum", labels, cell.Sum);
        Line(text, $"{Name}_count", labels, count);
    }

    private static void Line(StringBuilder text, string name, string labels, double value)
    {
        text.Append(name);
        if (labels.Length > 0)
            text.Append('{').Append(labels).Append('}');
        text.Append(' ').Append(Number(value)).Append('\n');
    }

    private static string Number(double value) =>
        double.IsPositiveInfinity(value) ? "+Inf"
        : double.IsNegativeInfinity(value) ? "-Inf"
        : value.ToString("R", CultureInfo.InvariantCulture);

    private double[] Bounds(Instrument instrument) =>
        instrument switch
        {
            Histogram<double> { Advice.HistogramBucketBoundaries: { } advised } => [.. advised.Select(bound => bound * scale)],
            Histogram<long> { Advice.HistogramBucketBoundaries: { } advised } => [.. advised.Select(bound => bound * scale)],
            { Unit: "s" or "ms" } => Seconds,
            _ => [1, 2, 5, 10, 25, 50, 100, 250, 500, 1000, 5000, 10_000, 100_000],
        };

    private static string NameOf(Instrument instrument, string type)
    {
        var name = LabelSet.Name(instrument.Name);
        var unit = instrument.Unit switch
        {
            "s" or "ms" => "seconds",
            "By" => "bytes",
            _ => "",
        };
        if (unit.Length > 0 && !name.Contains(unit, StringComparison.Ordinal))
            name = $"{name}_{unit}";
        return type == "counter" && !name.EndsWith("_total", StringComparison.Ordinal) ? $"{name}_total" : name;
    }

    private sealed class Cell(int buckets)
    {
        public long[] Buckets { get; } = new long[buckets];

        public double Sum { get; private set; }

        public void Add(double value, double[] bounds, bool replaces)
        {
            Sum = replaces ? value : Sum + value;
            var at = 0;
            while (at < bounds.Length && value > bounds[at])
                at++;
            Buckets[at]++;
        }
    }
}
