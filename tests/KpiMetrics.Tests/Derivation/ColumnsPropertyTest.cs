using FsCheck;
using FsCheck.Fluent;
using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Derivation;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;
using KpiMetrics.Tests.Support;

namespace KpiMetrics.Tests.Derivation;

/// <summary>What is derived in one pass over arrays is what one gets figure by figure, to the last digit and with the same reasons.</summary>
public sealed class ColumnsPropertyTest
{
    private static readonly Measure[] Measures =
    [
        TestCatalog.Flow,
        TestCatalog.Stock,
        TestCatalog.Rate,
        TestCatalog.Flow with
        {
            Kind = MeasureKind.Cumulative,
        },
        TestCatalog.Rate with
        {
            DeclaredOverTime = OverTime.Mean,
        },
    ];

    // Around leap days, week 53 and turns of the year, where the calendar is not even.
    private static readonly Dictionary<Frequency, (string[] Starts, int Most)> Stretches = new()
    {
        [Frequency.Hour] = (["2023-02-27T20", "2023-12-31T10", "1900-01-01T00"], 60),
        [Frequency.Day] = (["2023-02-26", "2023-02-20", "2023-12-20", "1900-01-01"], 40),
        [Frequency.Week] = (["2019-W40", "2020-W50", "1900-W01"], 70),
        [Frequency.Month] = (["2022-01", "2023-07", "1900-01"], 40),
        [Frequency.Quarter] = (["2021-Q1", "2022-Q3", "1900-Q1"], 16),
        [Frequency.HalfYear] = (["2019-S1", "1900-S2"], 12),
        [Frequency.Year] = (["2012", "1900"], 12),
    };

    private static readonly RegimeRule[][] Regimes =
    [
        [new(new(1900, 1, 1), WindowRule.Calendar, null, null)],
        [new(new(1900, 1, 1), WindowRule.Cutoff15, null, null)],
        [
            new(new(1900, 1, 1), WindowRule.Calendar, null, null),
            new(new(2023, 5, 1), WindowRule.Cutoff15, null, null),
            new(new(2024, 2, 28), WindowRule.Calendar, null, null, new TimeOnly(19, 0)),
        ],
    ];

    [Fact]
    public void Derive_AnySeries_IsWhatEachFigureGivesAlone() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(2000),
            Prop.ForAll(Cases().ToArbitrary(), given => Agrees(given.Measure, given.Forms, given.Figures))
        );

    private static bool Agrees(Measure measure, WindowForms forms, List<Figure> figures)
    {
        var frequency = figures.Count == 0 ? Frequency.Month : figures[0].Period.Frequency;
        var reference = new ReferenceDerivation(measure, forms, figures);
        foreach (var row in SeriesDerivation.Derive(measure, frequency, figures, forms))
        {
            if (row.Figure.Current.Value.Number is null)
                continue;
            var period = row.Figure.Period;
            Same("pop", period, reference.Pop(period), row.Pop);
            Same("yoy", period, reference.Yoy(period), row.Yoy);
            var (total, absence, have, need) = reference.Ytd(period);
            Same("ytd", period, (total, absence), row.Ytd.Total);
            Assert.Equal((period, have, need), (period, row.Ytd.Have, row.Ytd.Need));
            Same("ytd_yoy", period, reference.YtdYoy(period), row.YtdYoy);
        }
        return true;
    }

    private static void Same(string derivation, Period period, (decimal? Value, Absence Absence) expected, Derived found)
    {
        var digits = expected.Value is { } value ? decimal.GetBits(value) : [];
        Assert.Equal((derivation, period, expected.Absence), (derivation, period, found.Absence));
        Assert.Equal(digits, found.Value is { } other ? decimal.GetBits(other) : []);
    }

    private static Gen<(Measure Measure, WindowForms Forms, List<Figure> Figures)> Cases() =>
        from measure in Gen.Elements(Measures)
        from frequency in Gen.Elements(Enum.GetValues<Frequency>())
        from regime in Gen.Elements(Regimes)
        from start in Gen.Elements(Stretches[frequency].Starts)
        from gaps in Gen.Elements(0, 5, 40)
        from size in Gen.Choose(0, Stretches[frequency].Most)
        from later in Gen.Elements(0, 1)
        from figures in Gen.CollectToList(Periods(Period.Parse(start), size, later == 1), period => Figures(period, gaps))
        select (
            measure,
            WindowForms.Of(regime, frequency),
            figures.OfType<Figure>().OrderBy(figure => figure.Period.Index).ToList()
        );

    // A stretch and, a year later, the same again, as whole years of hours and days say no more.
    private static IEnumerable<Period> Periods(Period start, int size, bool withLater)
    {
        var first = Enumerable.Range(0, size).Select(start.Shift).ToList();
        return withLater ? first.Concat(first.SelectMany(period => period.YearLater)).Distinct() : first;
    }

    /// <param name="gaps">How many in a hundred are missing.</param>
    private static Gen<Figure?> Figures(Period period, int gaps) =>
        from place in Gen.Choose(0, 99)
        from value in Values
        from odd in Gen.Frequency((40, Gen.Constant(0)), (1, Gen.Choose(1, 3)))
        select place < gaps ? null : Figure(period, value, odd);

    private static readonly Gen<decimal> Values = Gen.Frequency(
        (
            60,
            from number in Gen.Choose(-200, 100_000_000)
            from scale in Gen.Choose(0, 4)
            select new decimal(number, 0, 0, false, (byte)scale)
        ),
        (8, Gen.Elements(0m, 0.00m, -0.0m)),
        (10, Gen.Choose(-5_000_000, 0).Select(number => number / 100m)),
        (
            4,
            from low in Gen.Choose(1, int.MaxValue)
            from mid in Gen.Choose(0, int.MaxValue)
            from scale in Gen.Choose(0, 28)
            select new decimal(low, mid, 7, true, (byte)scale)
        ),
        (1, Gen.Elements(decimal.MaxValue, decimal.MinValue, 0.0000000000000000000000000001m))
    );

    private static Figure Figure(Period period, decimal value, int odd)
    {
        var figure = odd == 1 || odd == 2 ? FigureValue.None : FigureValue.Of(value);
        var said = new Statement("forms", DateTimeOffset.UnixEpoch, figure, ObsStatus.Normal, Vintage.Official, null);
        return odd switch
        {
            0 => new(period, said, 1),
            1 => new(period, said, 2),
            2 => Computed(Derived.Missing(Absence.InputMissing, period, "T-01.09"), 1),
            _ => Computed(Derived.Of(value), 2),
        };

        Figure Computed(Derived result, int have) =>
            new(period, said, 0) { Computed = new(FormulaKind.AreasWithin, result, have, 3) };
    }
}
