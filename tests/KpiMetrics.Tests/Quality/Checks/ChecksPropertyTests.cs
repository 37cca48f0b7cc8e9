using FsCheck;
using FsCheck.Fluent;
using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Quality.Checks;
using static KpiMetrics.Tests.Quality.Checks.Rows;

namespace KpiMetrics.Tests.Quality.Checks;

/// <summary>True numbers never contradict however they are printed; wrong counts always do.</summary>
public sealed class ChecksPropertyTests
{
    private static readonly Gen<decimal> Amount =
        from digits in Gen.Choose(-2_000_000_000, 2_000_000_000)
        from shrink in Gen.Elements(1, 1_000, 1_000_000)
        from scale in Gen.Choose(0, 9)
        select new decimal(digits / shrink) / Power(scale);

    private static readonly Gen<Printing> AnyPrinting =
        from places in Gen.Choose(0, 6)
        from mode in Gen.Elements(MidpointRounding.AwayFromZero, MidpointRounding.ToEven, MidpointRounding.ToZero)
        select new Printing(places, mode);

    private static readonly Gen<True[]> SomeAmounts = Gen.ArrayOf(
            from value in Amount
            from printing in AnyPrinting
            select new True(value, printing)
        )
        .Where(parts => parts.Length > 0);

    private sealed record Printing(int Places, MidpointRounding Mode)
    {
        public PrintedNumber Of(decimal value) =>
            PrintedNumber.Measured(decimal.Round(value, Places, Mode) + new decimal(0, 0, 0, false, (byte)Places));
    }

    private sealed record True(decimal Value, Printing Printing)
    {
        public CheckInput Input => new(Tonnes, Printing.Of(Value));
    }

    [Fact]
    public void Sum_OfTrueAmounts_NeverContradicts() =>
        Holds((parts, stated) => Contradicts(IdentityRule.Sum, stated.Of(parts.Sum(part => part.Value)), parts));

    [Fact]
    public void Difference_OfTrueAmounts_NeverContradicts() =>
        Holds(
            (parts, stated) =>
                Contradicts(IdentityRule.Difference, stated.Of(parts[0].Value - parts.Skip(1).Sum(part => part.Value)), parts)
        );

    [Fact]
    public void Ratio_OfTrueAmounts_NeverContradicts() =>
        Holds(
            (parts, stated) =>
                parts[^1].Value != 0m
                && Contradicts(IdentityRule.Ratio, stated.Of(parts[0].Value * 100m / parts[^1].Value), [parts[0], parts[^1]])
        );

    [Fact]
    public void Derived_AChangeBetweenTrueAmounts_NeverContradicts() =>
        Holds(
            (parts, stated) =>
                parts[^1].Value != 0m
                && ReconcileCheck.Derived(
                    Rate,
                    DerivedRule.Yoy,
                    Tonnes,
                    stated.Of((parts[0].Value - parts[^1].Value) * 100m / Math.Abs(parts[^1].Value)),
                    [
                        [parts[0].Input.Value],
                        [parts[^1].Input.Value],
                    ]
                ) is Contradicts
        );

    [Fact]
    public void AtMost_ATruePartOfATrueWhole_NeverContradicts() =>
        Holds(
            (parts, stated) => Contradicts(IdentityRule.AtMost, stated.Of(Math.Min(parts[0].Value, parts[^1].Value)), [parts[0]])
        );

    [Fact]
    public void Equal_OneTrueAmountPrintedTwice_NeverContradicts() =>
        Holds((parts, stated) => Contradicts(IdentityRule.Equal, stated.Of(parts[0].Value), [parts[0]]));

    [Fact]
    public void Mean_OfTrueAmounts_NeverContradicts() =>
        Holds(
            (parts, stated) =>
                ReconcileCheck.Parts(
                    OverTime.Mean,
                    stated.Of(parts.Average(part => part.Value)),
                    [.. parts.Select(part => part.Input.Value)]
                ) is Contradicts
        );

    [Fact]
    public void NoFall_OfTrueTotals_NeverContradicts() =>
        Holds(
            (parts, stated) =>
                ReconcileCheck.NoFall(parts[0].Input.Value, stated.Of(Math.Max(parts[0].Value, parts[^1].Value))) is Contradicts
        );

    [Fact]
    public void Sum_OfCountsThatIsOffByAnyNumber_AlwaysContradicts() =>
        Prop.ForAll(
                (
                    from counts in Gen.NonEmptyListOf(Gen.Choose(0, int.MaxValue))
                    from off in Gen.Choose(-1_000, 1_000).Where(off => off != 0)
                    select (counts, off)
                ).ToArbitrary(),
                given =>
                {
                    var stated = PrintedNumber.Of(given.counts.Sum(count => (decimal)count) + given.off, Dossiers);
                    CheckInput[] inputs =
                    [
                        .. given.counts.Select(count => new CheckInput(Dossiers, PrintedNumber.Of(count, Dossiers))),
                    ];
                    return IdentityCheck.Evaluate(Dossiers, new(IdentityRule.Sum, [], null), stated, inputs) is Contradicts found
                        && found.Difference == given.off;
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Equal_InEitherOrder_GivesTheSameAnswer() =>
        Prop.ForAll(
                (
                    from digits in Gen.Choose(-300, 300)
                    from apart in Gen.Choose(-30, 30)
                    from one in AnyPrinting
                    from other in AnyPrinting
                    from unit in Gen.Elements(Dossiers, Tonnes)
                    select (digits, apart, one, other, unit)
                ).ToArbitrary(),
                given =>
                {
                    var left = PrintedNumber.Of(given.one.Of(given.digits / 10m).Value, given.unit);
                    var right = PrintedNumber.Of(given.other.Of((given.digits + given.apart) / 10m).Value, given.unit);
                    return Equal(given.unit, left, right) == Equal(given.unit, right, left);
                }
            )
            .QuickCheckThrowOnFailure();

    private static bool Equal(Measure unit, PrintedNumber stated, PrintedNumber other) =>
        IdentityCheck.Evaluate(unit, new(IdentityRule.Equal, [], null), stated, [new(unit, other)]) is Agrees;

    private static bool Contradicts(IdentityRule rule, PrintedNumber stated, True[] parts) =>
        IdentityCheck.Evaluate(
            rule == IdentityRule.Ratio ? Rate : Tonnes,
            new(rule, [], null),
            stated,
            [.. parts.Select(part => part.Input)]
        ) is Contradicts;

    private static void Holds(Func<True[], Printing, bool> contradicts) =>
        Prop.ForAll(SomeAmounts.ToArbitrary(), AnyPrinting.ToArbitrary(), (parts, stated) => !contradicts(parts, stated))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(1_000));

    private static decimal Power(int scale) => 1m / new decimal(1, 0, 0, false, (byte)scale);
}
