using FsCheck;
using FsCheck.Fluent;
using KpiMetrics.Benchmarks.Detect;
using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Quality.Detectors;

namespace KpiMetrics.Tests.Quality.Detectors;

public sealed class DetectorProperties
{
    private static readonly Variation Usual = new("usual");

    private static Arbitrary<TestedFigure> AnyFigure =>
        (
            from seed in Gen.Choose(0, int.MaxValue - 1)
            from kind in Gen.Elements<DetectorKind>(CaseMaker.Kinds)
            from isWrong in Gen.Elements(true, false)
            select Make(new Random(seed), kind, isWrong)
        ).ToArbitrary();

    [Fact]
    public void Verdict_EverythingTimesAPowerOfTen_IsTheSame() =>
        Prop.ForAll(
                AnyFigure,
                Gen.Elements(0.001m, 0.1m, 100m, 10_000m).ToArbitrary(),
                (figure, factor) =>
                {
                    // Siblings are held against themselves only: they may stay.
                    var scaled = figure with
                    {
                        Value = figure.Value * factor,
                        StatedBefore = figure.StatedBefore * factor,
                        Earlier = [.. figure.Earlier.Select(point => point with { Value = point.Value * factor })],
                        EarlierRevisions =
                        [
                            .. figure.EarlierRevisions.Select(change => new Revision(
                                change.Before * factor,
                                change.After * factor
                            )),
                        ],
                    };
                    return Verdict(figure) == Verdict(scaled);
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Verdict_EverythingTimesAnyFactor_IsTheSameButForDigits() =>
        Prop.ForAll(
                AnyFigure,
                Gen.Choose(2, 999).Select(factor => factor / 7m).ToArbitrary(),
                (figure, factor) =>
                {
                    var scaled = figure with
                    {
                        Value = figure.Value * factor,
                        StatedBefore = figure.StatedBefore * factor,
                        Earlier = [.. figure.Earlier.Select(point => point with { Value = point.Value * factor })],
                        EarlierRevisions = [],
                    };
                    var (one, other) = (Verdict(figure with { EarlierRevisions = [] }), Verdict(scaled));
                    return one == other || IsOfDigits(one) || IsOfDigits(other);
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Baseline_AnyTestedValueAndLaterFigures_IsTheSame() =>
        Prop.ForAll(
                AnyFigure,
                Gen.Choose(1, 1_000_000).Select(value => value / 10m).ToArbitrary(),
                (figure, value) =>
                {
                    var plain = figure with { Siblings = null, StatedBefore = null, Kind = MeasureKind.Stock };
                    var other = plain with
                    {
                        Value = decimal.Round(value, 1) + 0.0m,
                        Earlier = [.. plain.Earlier, new(plain.Period, value), new(plain.Period.Shift(1), 17m * value)],
                    };
                    return (Expected(plain), Expected(other)) is not ({ } one, { } two) || Math.Abs(one - two) <= 1m;
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Verdict_AnyOrderOfFigures_IsTheSame() =>
        Prop.ForAll(
                AnyFigure,
                figure => FigureTest.Of(figure) == FigureTest.Of(figure with { Earlier = [.. figure.Earlier.Reverse()] })
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Verdict_AnyOrderOfSiblings_IsTheSame() =>
        Prop.ForAll(
                Gen.Choose(0, int.MaxValue - 1).ToArbitrary(),
                Gen.Elements(0.5m, 1m, 1.7m).ToArbitrary(),
                (seed, part) =>
                {
                    var random = new Random(seed);
                    decimal[] sizes = [.. Enumerable.Range(0, 9).Select(_ => 0.1m + (decimal)random.NextDouble())];
                    var areas = sizes
                        .Select(
                            (size, at) =>
                                new SiblingSeries(
                                    $"area {(char)('a' + at)}",
                                    [
                                        .. Growing.Before(Growing.Tested, size, 2),
                                        new(Growing.Tested, Growing.At(Growing.Tested, size * part, 2)),
                                    ]
                                )
                        )
                        .ToList();
                    var figure = Growing.Figure(random.Next(700, 2500));
                    return Of(areas) == Of([.. areas.AsEnumerable().Reverse()]);

                    DetectorResult Of(List<SiblingSeries> order) =>
                        FigureTest.Of(
                            figure with
                            {
                                Siblings = SiblingPanel.Of(Growing.Tested, MeasureKind.Flow, order).Without("area a"),
                            }
                        );
                }
            )
            .QuickCheckThrowOnFailure();

    private static TestedFigure Make(Random random, DetectorKind kind, bool isWrong)
    {
        var figure = (isWrong ? CaseMaker.Wrong(random, kind, Usual) : CaseMaker.Clean(random, kind, Usual)).Figure;
        // A percentage has no other unit.
        return figure.Kind == MeasureKind.Ratio ? figure with { Kind = MeasureKind.Score } : figure;
    }

    private static string Verdict(TestedFigure figure) =>
        FigureTest.Of(figure) switch
        {
            Suspicious { Detection: var found } => $"{found.Code} {found.Factor:0.#########}",
            var other => other.GetType().Name,
        };

    private static bool IsOfDigits(string verdict) =>
        verdict.StartsWith("transposition", StringComparison.Ordinal) || verdict.StartsWith("stuck", StringComparison.Ordinal);

    private static decimal? Expected(TestedFigure figure) =>
        FigureTest.Of(figure) switch
        {
            Plausible plausible => plausible.Expected,
            Suspicious { Detection: { Kind: DetectorKind.Outlier, Expected: var expected } } => expected,
            _ => null,
        };
}
