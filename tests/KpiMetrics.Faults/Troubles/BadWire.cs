using KpiMetrics.Faults.Wires;
using KpiMetrics.Faults.World;

namespace KpiMetrics.Faults.Troubles;

/// <summary>A stretch of network is cut, silent, slow or tears answers.</summary>
internal sealed class BadWire(TroubleKind kind) : ITrouble
{
    public string Name => $"wire-{kind.ToString().ToLowerInvariant()}";

    public string? WhyNot(Site site) => null;

    public async Task<string> StrikeAsync(Site site, Random random, TimeSpan span, CancellationToken cancellationToken)
    {
        var wires = site.Workers.SelectMany(worker => worker.Wires).ToList();
        var wire = wires[random.Next(wires.Count)];
        wire.Set(new(kind, TimeSpan.FromMilliseconds(random.Next(20, 300))));
        await Task.Delay(span, cancellationToken);
        wire.Set(Trouble.None);
        return FormattableString.Invariant($"{wire.Name} for {span.TotalSeconds:F0} s");
    }
}
