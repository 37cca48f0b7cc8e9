using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Obligations;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Ledger;
using KpiMetrics.Pipeline.Ledger.Claims;
using KpiMetrics.Tests.Obligations;
using KpiMetrics.Tests.Support;

namespace KpiMetrics.Tests.Ledger;

/// <summary>A ledger of the set of <see cref="DutyWorld"/>, its obligations and what is reported to it.</summary>
internal sealed class DutyLedger(ILedger ledger)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ILedger Ledger => ledger;

    public IObligations Obligations => (IObligations)ledger;

    public IEmergencies Emergencies => (IEmergencies)ledger;

    public IAskings Askings => (IAskings)ledger;

    public ClaimKeeper Claims { get; } = new((IClaims)ledger, "test", _ => false, TimeSpan.FromSeconds(10), TimeProvider.System);

    public Task<int> CreateAsync(params IReadOnlyCollection<Obligation> obligations) =>
        Obligations.CreateAsync(obligations, new Dictionary<Duty, Period>(), null, Token);

    public async Task<List<Obligation>> AllAsync(ObligationQuery? query = null)
    {
        var all = new List<Obligation>();
        await foreach (var obligation in Obligations.ReadAsync(query ?? new(), Token))
            all.Add(obligation);
        return all;
    }

    public async Task<Obligation> OneAsync() => Assert.Single(await AllAsync());

    /// <summary>One report of one commune and period; a value of null withdraws.</summary>
    public async Task ReportAsync(
        string at,
        Duty duty,
        string period,
        string area,
        (string Measure, decimal? Value)[] figures,
        bool stated = false,
        string source = "forms",
        bool commit = true
    )
    {
        var instant = DutyWorld.At(at);
        await using var report = await ledger.BeginAsync(
            new(duty.Set, source, "test.csv", instant, stated, instant, "test"),
            Token
        );
        foreach (var (measure, value) in figures)
        {
            var (code, subject) = measure.Split('/') is [var of, var what] ? (of, what) : (measure, "");
            var series = new SeriesKey(duty.Set, duty.Indicator, code, subject, area, duty.Frequency);
            var (said, status) = value is { } number ? (FigureValue.Of(number), 'A') : (FigureValue.None, 'M');
            await report.AppendAsync(series, Period.Parse(period), said, status, Vintage.Official, null, Token);
        }
        if (commit)
            await report.CommitAsync(0, Token);
    }
}
