using KpiMetrics.Faults.Checking;
using KpiMetrics.Faults.Troubles;
using KpiMetrics.Faults.World;

namespace KpiMetrics.Faults.Running;

/// <summary>One trouble in every span of time, at a moment of chance, mended before the next.</summary>
internal sealed class RandomTroubles(Site site, FaultOptions options, Watch watch, TextWriter output) : IScenario
{
    private readonly Random random = new(options.Seed);
    private readonly Dictionary<string, int> happened = new(StringComparer.Ordinal);

    private IReadOnlyList<string> skipped = [];

    public IReadOnlyDictionary<string, object> Figures =>
        new Dictionary<string, object>
        {
            ["troubles"] = happened.Values.Sum(),
            ["troubles_by_kind"] = happened,
            ["troubles_skipped"] = skipped,
        };

    public async Task RunAsync(Losses losses, CancellationToken cancellationToken)
    {
        var deck = new TroubleDeck(site, options, random);
        skipped = deck.Skipped;
        foreach (var line in skipped)
            await output.WriteLineAsync($"skipped {line}");
        var end = TimeSpan.FromMinutes(options.Minutes);
        var every = TimeSpan.FromSeconds(options.Every);
        for (var at = TimeSpan.Zero; at + every <= end; at += every)
        {
            var span = every * (0.1 + (0.4 * random.NextDouble()));
            var moment = at + (every * (0.4 * random.NextDouble()));
            if (moment > watch.Elapsed)
                await Task.Delay(moment - watch.Elapsed, cancellationToken);
            var trouble = deck.Draw();
            happened[trouble.Name] = happened.GetValueOrDefault(trouble.Name) + 1;
            watch.Doing = trouble.Name;
            var begun = watch.Elapsed;
            var what = await trouble.StrikeAsync(site, random, span, cancellationToken);
            watch.Doing = "";
            await output.WriteLineAsync(FormattableString.Invariant($"{begun.TotalSeconds, 6:F0} s  {trouble.Name}: {what}"));
        }
        if (end > watch.Elapsed)
            await Task.Delay(end - watch.Elapsed, cancellationToken);
    }
}
