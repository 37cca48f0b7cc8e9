using FsCheck;
using FsCheck.Fluent;

namespace KpiMetrics.Tests.Checks;

/// <summary>Figures that follow from each other never contradict however they are printed; one wrong count always shows.</summary>
public sealed class LedgerChecksProperties
{
    private const int Months = ConsistentFigures.Months;

    private static readonly Gen<ConsistentFigures> Consistent =
        from received in Counts(1, 3000)
        from shares in Counts(0, 100)
        from rice in Counts(0, 99999)
        from maize in Counts(0, 99999)
        from places in Gen.Choose(0, 4)
        from rounding in Gen.Elements(MidpointRounding.AwayFromZero, MidpointRounding.ToEven, MidpointRounding.ToZero)
        select new ConsistentFigures(
            received,
            Each((commune, month) => received[commune][month] * shares[commune][month] / 100),
            Each((commune, month) => (rice[commune][month] / 37m, maize[commune][month] / 53m)),
            places,
            rounding
        );

    [Fact]
    public void Ledger_OfFiguresThatFollowFromEachOther_HasNoFinding() =>
        Prop.ForAll(
                Consistent.ToArbitrary(),
                figures =>
                {
                    var found = Find(figures.Lines());
                    return (found.Length == 0).Label(found);
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(20));

    [Fact]
    public void Ledger_WithOneWrongCount_HasAFinding() =>
        Prop.ForAll(
                Consistent.Zip(Gen.Choose(0, (2 * Months) - 1)).ToArbitrary(),
                given =>
                {
                    var (figures, at) = given;
                    var lines = figures.Lines().ToList();
                    // The counts of the months come in the order of communes and months; a neighbour is wrong by one.
                    var wrong = lines.Select((line, index) => (line, index)).Where(IsMonthlyCount).ElementAt(at);
                    var cells = wrong.line.Split(' ');
                    lines[wrong.index] = $"{cells[0]} {cells[1]} {cells[2]} {Number(cells[3]) + 1}";
                    return Find(lines).Length > 0;
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(20));

    private static string Find(IEnumerable<string> lines) =>
        Task.Run(async () =>
            {
                using var world = await CheckWorld.CreateAsync(lines);
                return string.Join('\n', (await world.FindAsync()).Select(finding => $"{finding.Period} {finding.Vietnamese}"));
            })
            .GetAwaiter()
            .GetResult();

    private static bool IsMonthlyCount((string Line, int Index) entry) =>
        entry.Line.Split(' ') is ["A01.01", not "97", var period, _] && period.Length == "2025-01".Length && period[5] != 'Q';

    private static int Number(string text) => int.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static Gen<int[][]> Counts(int least, int most) =>
        Gen.Choose(least, most).ArrayOf(2 * Months).Select(all => Each((commune, month) => all[(commune * Months) + month]));

    private static T[][] Each<T>(Func<int, int, T> of) =>
        [.. Enumerable.Range(0, 2).Select(commune => Enumerable.Range(0, Months).Select(month => of(commune, month)).ToArray())];
}
