using System.Globalization;
using KpiMetrics.Core.Periods;
using KpiMetrics.Core.Quality.Detectors;

namespace KpiMetrics.Benchmarks.Detect;

/// <summary>Makes cases: clean ones, and ones with an error of a kind that offices make.</summary>
internal static class CaseMaker
{
    private const int Areas = 30;
    private const double Missing = 0.03;
    private const string Own = "own";

    private static readonly double[] Tens = [10, 100, 1_000, 1_000_000];

    // Where each error can happen. Each shape as often as the others.
    private static readonly Dictionary<DetectorKind, Shape[]> Shapes = new()
    {
        [DetectorKind.UnitSlip] =
        [
            Shape.Monthly,
            Shape.Quarterly,
            Shape.Daily,
            Shape.Counts,
            Shape.Stock,
            Shape.HeavyTails,
            Shape.Cumulative,
        ],
        [DetectorKind.Sign] = [Shape.Growth, Shape.Monthly, Shape.Rate],
        [DetectorKind.Transposition] = [Shape.Monthly, Shape.Quarterly, Shape.Daily, Shape.Counts, Shape.Stock, Shape.HeavyTails],
        [DetectorKind.Stuck] = [Shape.Monthly, Shape.Quarterly, Shape.Daily, Shape.HeavyTails],
        [DetectorKind.Doubled] = [Shape.Monthly, Shape.Quarterly, Shape.Daily, Shape.Counts, Shape.HeavyTails],
        [DetectorKind.MissingThenDouble] = [Shape.Monthly, Shape.Quarterly, Shape.Daily, Shape.Counts, Shape.HeavyTails],
        [DetectorKind.LevelShift] = [Shape.Monthly, Shape.Quarterly, Shape.Daily, Shape.Counts, Shape.Stock, Shape.HeavyTails],
        [DetectorKind.Outlier] =
        [
            Shape.Monthly,
            Shape.Quarterly,
            Shape.Daily,
            Shape.Counts,
            Shape.Stock,
            Shape.HeavyTails,
            Shape.Rate,
        ],
        [DetectorKind.CumulativeFall] = [Shape.Cumulative],
        [DetectorKind.SiblingDisagreement] = [Shape.Monthly],
        [DetectorKind.RevisionSize] = [Shape.Monthly, Shape.Quarterly, Shape.Stock, Shape.HeavyTails],
    };

    public static IEnumerable<DetectorKind> Kinds => Shapes.Keys;

    /// <summary>A case without error.</summary>
    /// <param name="like">Of the shapes that this kind of error happens in, and with what its detector needs.</param>
    public static DetectCase Clean(Random random, DetectorKind like, Variation variation)
    {
        var shapes = Shapes[like];
        return Clean(random, shapes[random.Next(shapes.Length)], like, variation);
    }

    public static DetectCase Clean(Random random, Shape shape, DetectorKind like, Variation variation)
    {
        var common = like == DetectorKind.SiblingDisagreement ? Shock(random) : 1;
        var series = MadeSeries.Of(random, shape, variation, common);
        var siblings = like == DetectorKind.SiblingDisagreement ? Siblings(random, series, common, variation) : null;
        var made = Case(random, series, null, siblings);
        return like == DetectorKind.RevisionSize ? Restated(random, made, random.Normal() * 0.01) : made;
    }

    public static DetectCase Wrong(Random random, DetectorKind kind, Variation variation)
    {
        var shapes = Shapes[kind];
        var shape = shapes[random.Next(shapes.Length)];
        var common = kind == DetectorKind.SiblingDisagreement ? Shock(random) : 1;
        var series = MadeSeries.Of(random, shape, variation);
        var siblings = common == 1 ? null : Siblings(random, series, common, variation);
        var values = series.Values;
        var missing = false;
        switch (kind)
        {
            case DetectorKind.UnitSlip:
                var tens = Tens[random.Next(Tens.Length)];
                values[^1] *= random.Next(2) == 0 ? tens : 1 / tens;
                break;
            case DetectorKind.Sign:
                values[^1] = -values[^1];
                break;
            case DetectorKind.Transposition:
                values[^1] = Swapped(random, values[^1], series.Places);
                break;
            case DetectorKind.Stuck:
                values[^1] = values[^2];
                break;
            case DetectorKind.Doubled:
                values[^1] *= 2;
                break;
            case DetectorKind.MissingThenDouble:
                values[^1] += values[^2];
                missing = true;
                break;
            case DetectorKind.LevelShift:
                var shift = Factor(random, 1.5, 2.6);
                var length = random.Next(2, 4);
                for (var at = 1; at <= length; at++)
                    values[^at] *= shift;
                break;
            case DetectorKind.Outlier:
                // Not about twice: that is a doubled report to all who see it.
                var factor = random.Between(1.6, 4);
                values[^1] *=
                    random.Next(2) == 0 ? 1 / factor
                    : factor is > 1.75 and < 2.3 ? factor + 0.6
                    : factor;
                break;
            case DetectorKind.CumulativeFall:
                values[^1] = values[^2] * random.Between(0.6, 0.99);
                break;
            default:
                break;
        }
        for (var at = 1; at <= 3; at++)
            values[^at] = Math.Round(values[^at], Math.Max(series.Places, kind == DetectorKind.UnitSlip ? 7 : 0));
        // Where nothing came of it, it was no error: the same value, a January.
        if (
            kind == DetectorKind.CumulativeFall && series.Last.Number == 1
            || kind == DetectorKind.Transposition && values[^1] < 0
        )
            return Wrong(random, kind, variation);
        var made = Case(random, series, kind, siblings, missing);
        return kind == DetectorKind.RevisionSize ? Restated(random, made, Math.Log(Factor(random, 1.25, 2))) : made;
    }

    private static double Shock(Random random) => Factor(random, 1.5, 2.5);

    private static double Factor(Random random, double least, double most)
    {
        var factor = random.Between(least, most);
        return random.Next(2) == 0 ? factor : 1 / factor;
    }

    /// <summary>Two of the leading digits changed places, so that two fifths or more are added or lost; negative where no two do that.</summary>
    private static double Swapped(Random random, double value, int places)
    {
        var power = Math.Pow(10, places);
        var digits = ((long)Math.Round(value * power)).ToString(CultureInfo.InvariantCulture).ToCharArray();
        var pairs = new List<double>();
        for (var at = 0; at < Math.Min(2, digits.Length - 1); at++)
        {
            var swapped = (char[])digits.Clone();
            (swapped[at], swapped[at + 1]) = (swapped[at + 1], swapped[at]);
            var other = long.Parse(swapped, CultureInfo.InvariantCulture) / power;
            if (swapped[0] != '0' && Math.Abs(Math.Log(other / value)) >= Math.Log(1.4))
                pairs.Add(other);
        }
        return pairs.Count == 0 ? -1 : pairs[random.Next(pairs.Count)];
    }

    // The value given is the restated one; before it stood something else.
    private static DetectCase Restated(Random random, DetectCase made, double change)
    {
        var past = new List<Revision>();
        for (var at = 0; at < random.Next(0, 25); at++)
            past.Add(new(made.Figure.Value, made.Figure.Value * (decimal)Math.Exp(random.Normal() * 0.01)));
        var figure = made.Figure with { EarlierRevisions = past };
        if (made.Truth is null)
            return made with
            {
                Figure = figure with { StatedBefore = decimal.Round(figure.Value * (decimal)Math.Exp(change), 1) },
            };
        var wrong = decimal.Round(figure.Value * (decimal)Math.Exp(change), 1);
        double[] values = [.. made.Values[..^1], (double)wrong];
        return made with { Values = values, Figure = figure with { StatedBefore = figure.Value, Value = wrong } };
    }

    private static DetectCase Case(
        Random random,
        MadeSeries series,
        DetectorKind? truth,
        Siblings? siblings,
        bool missing = false
    )
    {
        var values = (double[])series.Values.Clone();
        var earlier = new List<HistoryPoint>();
        for (var at = 0; at < values.Length - 1; at++)
        {
            var back = values.Length - 1 - at;
            if (back == 1 && missing || back > 3 && random.NextDouble() < Missing)
                values[at] = double.NaN;
            else
                earlier.Add(new(series.Last.Shift(-back), (decimal)values[at]));
        }
        var figure = new TestedFigure
        {
            Period = series.Last,
            Value = (decimal)values[^1],
            Kind = series.Kind,
            MayBeNegative = series.MayBeNegative,
            Unit = "triệu đồng",
            Earlier = earlier,
            Siblings = siblings,
        };
        return new(figure, truth, values, SeasonOf(series.Last.Frequency));
    }

    private static int SeasonOf(Frequency frequency) =>
        frequency switch
        {
            Frequency.Quarter => 4,
            Frequency.Day => 7,
            _ => 12,
        };

    private static Siblings Siblings(Random random, MadeSeries own, double common, Variation variation)
    {
        var areas = new List<SiblingSeries>();
        for (var area = 0; area < Areas; area++)
        {
            var other = MadeSeries.Of(random, own.Shape, variation, common * Math.Exp(0.05 * random.Normal()));
            areas.Add(new(Invariant($"{area}"), Points(own.Last, other.Values)));
        }
        areas.Add(new(Own, Points(own.Last, own.Values)));
        return SiblingPanel.Of(own.Last, own.Kind, areas).Without(Own);
    }

    private static List<HistoryPoint> Points(Period last, double[] values) =>
        [.. values.Select((value, at) => new HistoryPoint(last.Shift(at - values.Length + 1), (decimal)value))];

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
