using KpiMetrics.Faults.Wires;
using KpiMetrics.Faults.World;

namespace KpiMetrics.Faults.Troubles;

/// <summary>All troubles in an order of chance, again and again, so that each comes about as often.</summary>
internal sealed class TroubleDeck
{
    private static readonly IReadOnlyList<ITrouble> All =
    [
        new KillWorker(),
        new KillLedger(),
        new KillInflux(isAway: false),
        new KillInflux(isAway: true),
        new BadWire(TroubleKind.Cut),
        new BadWire(TroubleKind.Silent),
        new BadWire(TroubleKind.Slow),
        new BadWire(TroubleKind.Torn),
        new FullDisk(),
        new StepClock(),
        new FreezeWorker(),
    ];

    private readonly Random random;
    private readonly ITrouble[] possible;
    private int next;

    public TroubleDeck(Site site, FaultOptions options, Random random)
    {
        this.random = random;
        var wanted = All.Where(trouble => options.Wants(trouble.Name)).ToList();
        Skipped =
        [
            .. wanted
                .Where(trouble => trouble.WhyNot(site) is not null)
                .Select(trouble => $"{trouble.Name}: {trouble.WhyNot(site)}"),
        ];
        possible = [.. wanted.Where(trouble => trouble.WhyNot(site) is null)];
        if (possible.Length == 0)
            throw new UsageException($"No trouble is left; allowed: {string.Join(", ", All.Select(trouble => trouble.Name))}.");
        next = possible.Length;
    }

    /// <summary>What cannot happen here, with the reason.</summary>
    public IReadOnlyList<string> Skipped { get; }

    public ITrouble Draw()
    {
        if (next == possible.Length)
        {
            random.Shuffle(possible);
            next = 0;
        }
        return possible[next++];
    }
}
