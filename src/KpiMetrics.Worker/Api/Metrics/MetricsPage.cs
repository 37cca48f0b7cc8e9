using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text;

namespace KpiMetrics.Worker.Api.Metrics;

/// <summary>What the meters of KpiMetrics and Quartz measured, in Prometheus' text format 0.0.4.</summary>
internal sealed class MetricsPage : IDisposable
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private readonly MeterListener listener = new();
    private readonly ConcurrentDictionary<string, MetricFamily> families = new(StringComparer.Ordinal);
    private readonly Lock gate = new();

    /// <param name="meters">This host's.</param>
    /// <param name="factory">This host's, where the meters of Quartz come from.</param>
    public MetricsPage(KpiMeters meters, IMeterFactory factory)
    {
        listener.InstrumentPublished = (instrument, listening) =>
        {
            var (name, scope) = (instrument.Meter.Name, instrument.Meter.Scope);
            var isOurs =
                name.StartsWith(KpiMeters.Name, StringComparison.Ordinal)
                || name.StartsWith("Quartz", StringComparison.OrdinalIgnoreCase);
            if (!isOurs || scope is not null && scope != meters && scope != factory)
                return;
            var family = new MetricFamily(instrument);
            listening.EnableMeasurementEvents(instrument, families.GetOrAdd(family.Name, family));
        };
        Listen<long>(value => value);
        Listen<int>(value => value);
        Listen<double>(value => value);
        Listen<float>(value => value);
        listener.Start();
    }

    public string Text()
    {
        lock (gate)
        {
            foreach (var family in families.Values)
                family.Forget();
            listener.RecordObservableInstruments();
            var text = new StringBuilder();
            foreach (var family in families.Values.OrderBy(family => family.Name, StringComparer.Ordinal))
                family.Write(text);
            return text.ToString();
        }
    }

    public void Dispose() => listener.Dispose();

    private void Listen<T>(Func<T, double> number)
        where T : struct =>
        listener.SetMeasurementEventCallback<T>((_, value, tags, state) => (state as MetricFamily)?.Measure(number(value), tags));
}
