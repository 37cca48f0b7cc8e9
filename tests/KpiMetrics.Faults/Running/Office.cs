using System.Globalization;
using KpiMetrics.Faults.Load;
using KpiMetrics.Faults.World;

namespace KpiMetrics.Faults.Running;

/// <summary>All offices of all sets, each with several desks, and the load they make together.</summary>
internal sealed class Office : IDisposable
{
    private const int DesksOfEach = 8;
    private static readonly TimeSpan LastAnswers = TimeSpan.FromMinutes(3);

    private readonly CancellationTokenSource stop = new();
    private readonly CancellationTokenSource giveUp = new();
    private readonly List<Desk> more = [];
    private readonly Pace pace;
    private readonly Task sending;

    private Office(IReadOnlyList<Desk> desks, Journal journal, int rate)
    {
        (Desks, Journal, pace) = (desks, journal, new(rate));
        sending = Task.WhenAll(desks.Select(desk => Task.Run(() => desk.RunAsync(pace, stop.Token, giveUp.Token))));
    }

    public IReadOnlyList<Desk> Desks { get; }

    /// <summary>Desks that send when they are told to.</summary>
    public IReadOnlyList<Desk> More => more;

    public Journal Journal { get; }

    /// <summary>Reports that are due and not begun.</summary>
    public long Late => pace.Late;

    /// <summary>Gives every office its token and lets all desks begin.</summary>
    /// <param name="now">In Vietnam.</param>
    public static async Task<Office> OpenAsync(
        Site site,
        FaultOptions options,
        Journal journal,
        DateTime now,
        CancellationToken cancellationToken
    )
    {
        var communes = LoadSet.Communes(options.Communes);
        var clients = site.Workers.Select(worker => worker.Client).ToList();
        var desks = new List<Desk>();
        foreach (var indicator in LoadSet.First(options.Sets).SelectMany(set => set.Indicators))
        {
            var secret = await site.SecretAsync(indicator.Agency, cancellationToken);
            for (var number = 0; number < DesksOfEach; number++)
            {
                var seed = unchecked((options.Seed * 1000) + desks.Count);
                var own = communes.Where((_, at) => at % DesksOfEach == number).ToList();
                var maker = new ReportMaker(new(seed), indicator, own, indicator.Periods(now));
                var name = string.Create(CultureInfo.InvariantCulture, $"{indicator.Code}-{number}");
                desks.Add(new(name, maker, secret, clients, journal, new(seed + 1)));
            }
        }
        return new(desks, journal, options.Rate);
    }

    /// <summary>A desk that reports one period of one indicator, for a commune of its own; it sends when it is told to.</summary>
    /// <param name="secret">Of its office's token.</param>
    /// <param name="reserved">The number of the commune, from 0, of those that are reserved.</param>
    public Desk Add(Site site, FaultOptions options, LoadIndicator indicator, string secret, int reserved, DateTime now)
    {
        var commune = LoadSet.Communes(options.Communes + LoadSet.Reserved)[options.Communes + reserved];
        var maker = new ReportMaker(new(options.Seed + reserved), indicator, [commune], [indicator.Periods(now)[0]]);
        var name = string.Create(CultureInfo.InvariantCulture, $"{indicator.Code}-{commune}");
        var clients = site.Workers.Select(worker => worker.Client).ToList();
        var desk = new Desk(name, maker, secret, clients, Journal, new(options.Seed));
        more.Add(desk);
        return desk;
    }

    /// <summary>Begins no more reports, and waits until those under way are answered.</summary>
    public async Task CloseAsync()
    {
        await stop.CancelAsync();
        giveUp.CancelAfter(LastAnswers);
        await sending;
    }

    public void Dispose()
    {
        stop.Cancel();
        giveUp.Cancel();
        stop.Dispose();
        giveUp.Dispose();
    }
}
