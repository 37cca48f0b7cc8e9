using KpiMetrics.Core.Derivation;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Derivation;
using KpiMetrics.Tests.Derivation.RealData;
using KpiMetrics.Tests.Support;

namespace KpiMetrics.Tests.Derivation;

/// <summary>
/// The whole way from report to derivation on the consumer prices of the General Statistics Office, 2015 to 2021: what we compute
/// from its indexes against what it published (previous = 100).
/// </summary>
public sealed class PublishedCpiTest : IDisposable
{
    private const decimal Tolerance = 0.02m;
    private const double MustAgree = 0.995;
    private const string Index = "CPI-01.01";
    private const string AgainstDecember = "CPI-01.02";

    private readonly TempFolder folder = new();
    private readonly PublishedCpi published = PublishedCpi.Read();
    private List<FigureRow>? derived;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task MonthOnMonth_FromTheIndexes_AgreesWithThePublishedOne() =>
        Agrees("mom", await DeriveAsync(Index), row => row.Derived.Pop.Value, atLeast: 1300);

    [Fact]
    public async Task YearOnYear_FromTheIndexes_AgreesWithThePublishedOne() =>
        Agrees("yoy", await DeriveAsync(Index), row => row.Derived.Yoy.Value, atLeast: 800);

    [Fact]
    public async Task AgainstDecember_FromTheIndexes_AgreesWithThePublishedOne() =>
        Agrees("vs_dec", await DeriveAsync(AgainstDecember), row => row.Derived.Figure.Current.Value.Number, atLeast: 700);

    /// <summary>Of the year so far and of the quarter, each against the same a year before: geometric means, and arithmetic ones of the same months beside them.</summary>
    /// <remarks>Of the quarters one differs, by 0.0204: the dollar's 2019-Q3.</remarks>
    [Fact]
    public async Task Averages_FromTheIndexes_AgreeWithThePublishedOnes()
    {
        var soFar = (await DeriveAsync(Index)).Where(row => row.Derived.YtdYoy.Value is not null).ToList();
        var quarters = (await DeriveAsync(Index, Frequency.Quarter)).Where(row => row.Derived.Yoy.Value is not null).ToList();

        var geometric = Together(
            Compare("ytd_avg_yoy", soFar, row => row.Derived.YtdYoy.Value),
            Compare("q_avg_yoy", quarters, row => row.Derived.Yoy.Value)
        );
        var arithmetic = Together(
            Compare("ytd_avg_yoy", soFar, row => Arithmetic(row, SoFar(row.Derived.Figure.Period))),
            Compare("q_avg_yoy", quarters, row => Arithmetic(row, row.Derived.Figure.Period.Parts(Frequency.Month)))
        );

        Assert.True(geometric.Count >= 600, $"only {geometric.Count} comparisons");
        Assert.True(geometric.Agreeing >= MustAgree * geometric.Count, $"{geometric} agree within {Tolerance}");
        Assert.Equal(geometric.Count, arithmetic.Count);
        Assert.True(arithmetic.Agreeing < geometric.Agreeing, $"{arithmetic} agree within {Tolerance}");
    }

    [Fact]
    public async Task Derive_AcrossABaseYearOrAGap_GivesNoFigureAndSaysWhich()
    {
        var (acrossBases, gaps) = (0, 0);
        foreach (var row in await DeriveAsync(Index))
        {
            var (item, figure, period) = (row.Series.Subject, row.Derived, row.Derived.Figure.Period);
            foreach (
                var (derived, other) in ((Derived, Period?)[])[(figure.Pop, period.Previous), (figure.Yoy, period.YearEarlier)]
            )
            {
                if (published.BaseOf(item, other) is not { } before)
                {
                    gaps++;
                    Assert.Equal((Absence.NoFigure, $"no figure for {other}"), (derived.Absence, derived.Why));
                }
                else if (before != published.BaseOf(item, period))
                {
                    acrossBases++;
                    Assert.Equal(Absence.BaseYearDiffers, derived.Absence);
                }
                else
                    Assert.NotNull(derived.Value);
            }
        }
        Assert.InRange(acrossBases, 100, 1000);
        Assert.InRange(gaps, 100, 1000);
    }

    /// <summary>No average and no comparison of averages, nor against December, goes over months of two bases.</summary>
    [Fact]
    public async Task Averages_OfTwoBaseYears_AreNeverMade()
    {
        var (averages, refused) = (0, 0);
        foreach (var row in await DeriveAsync(Index))
        {
            var (figure, period) = (row.Derived, row.Derived.Figure.Period);
            var soFar = SoFar(period);
            Check(figure.Ytd.Total, soFar);
            Check(figure.YtdYoy, [.. soFar, .. soFar.Select(month => month.Shift(-12))]);

            void Check(Derived derived, IEnumerable<Period> months)
            {
                var bases = months.Select(month => published.BaseOf(row.Series.Subject, month)).OfType<string>().Distinct();
                averages += derived.Value is null ? 0 : 1;
                refused += derived.Absence == Absence.BaseYearDiffers ? 1 : 0;
                Assert.True(derived.Value is null || bases.Count() == 1, $"{row.Series.Subject} {period}");
            }
        }
        foreach (var row in await DeriveAsync(Index, Frequency.Quarter))
        {
            var months = row.Derived.Figure.Period.Parts(Frequency.Month);
            var bases = months.Select(month => published.BaseOf(row.Series.Subject, month)).OfType<string>().Distinct();
            Assert.Equal(bases.Count() == 1, row.Derived.Figure.Current.Value.Number is not null);
        }
        foreach (var row in await DeriveAsync(AgainstDecember))
        {
            var (item, period) = (row.Series.Subject, row.Derived.Figure.Period);
            var mayBe = published.BaseOf(item, period.FirstOfYear.Previous) == published.BaseOf(item, period);
            Assert.Equal(mayBe, row.Derived.Figure.Current.Value.Number is not null);
        }
        Assert.InRange(averages, 1000, 3000);
        Assert.InRange(refused, 300, 1500);
    }

    private void Agrees(string column, List<FigureRow> rows, Func<FigureRow, decimal?> choose, int atLeast)
    {
        var (agreeing, count) = Compare(column, rows, choose);
        Assert.True(count >= atLeast, $"only {count} comparisons");
        Assert.True(agreeing >= MustAgree * count, $"{agreeing} of {count} agree within {Tolerance}");
    }

    private static (int Agreeing, int Count) Together(params IEnumerable<(int Agreeing, int Count)> parts) =>
        (parts.Sum(part => part.Agreeing), parts.Sum(part => part.Count));

    private (int Agreeing, int Count) Compare(string column, IEnumerable<FigureRow> rows, Func<FigureRow, decimal?> choose)
    {
        var (agreeing, count) = (0, 0);
        foreach (var row in rows)
        {
            // The average of a quarter stands with its last month.
            var month = row.Derived.Figure.Period.Parts(Frequency.Month).Append(row.Derived.Figure.Period).First(IsLast);
            if (choose(row) is not { } ours || published.Find(row.Series.Subject, month, column) is not { } theirs)
                continue;
            count++;
            agreeing += Math.Abs(100m + ours - theirs) <= Tolerance ? 1 : 0;

            bool IsLast(Period part) => part.Frequency == Frequency.Month && part.End == row.Derived.Figure.Period.End;
        }
        TestContext.Current.SendDiagnosticMessage($"cpi {column}: {agreeing} of {count} agree within {Tolerance}");
        return (agreeing, count);
    }

    private decimal? Arithmetic(FigureRow row, IEnumerable<Period> months)
    {
        var (now, before) = (0m, 0m);
        foreach (var month in months)
        {
            now += published.Find(row.Series.Subject, month, "idx") ?? 0m;
            before += published.Find(row.Series.Subject, month.YearEarlier, "idx") ?? 0m;
        }
        return (now - before) / before * 100m;
    }

    private static List<Period> SoFar(Period period) =>
        [.. Enumerable.Range(1, period.Number).Select(month => Period.Of(Frequency.Month, period.Year, month))];

    private async Task<List<FigureRow>> DeriveAsync(string measure, Frequency frequency = Frequency.Month)
    {
        var rows = derived ??= await published.DeriveAsync(folder, "cpi", Index, item => item);
        Assert.Equal(published.Count, rows.Count(row => row.Series is { Measure: Index, Frequency: Frequency.Month }));
        return [.. rows.Where(row => row.Series.Measure == measure && row.Series.Frequency == frequency)];
    }
}
