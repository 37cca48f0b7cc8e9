using KpiMetrics.Pipeline.Ledger;
using KpiMetrics.Pipeline.Ledger.Reports;

namespace KpiMetrics.Tests.Ledger.Reports;

/// <summary>What a statement means, by example. Instants are days; the report at hand has number 9.</summary>
public sealed class StatementRuleTests
{
    [Fact]
    public void Weigh_FirstStatement_IsRecordedAsReceived()
    {
        Assert.Equal(Recorded(5), Live(5, "1", null));
        Assert.Equal(Recorded(5), Paper(5, "1", null));
        Assert.Equal(Recorded(5), Paper(5, "1", new KnownFigure()));
    }

    [Fact]
    public void Weigh_LiveRepetition_IsKeptAsTheLastOne()
    {
        Assert.Equal(Confirmed, Live(5, "1", Known((1, 1, "1"))));
        Assert.Equal(Confirmed, Live(5, "1", Repeated(5, Known((1, 1, "1")))));
    }

    [Fact]
    public void Weigh_LiveRepetitionWithAClockSetBack_DoesNotUndoALaterOne() =>
        Assert.Equal(new(AppendOutcome.Repeated), Live(5, "1", Repeated(6, Known((1, 1, "1")))));

    [Fact]
    public void Weigh_LiveRepetitionWithAnotherNote_IsARepetition() =>
        Assert.Equal(
            Confirmed,
            StatementRule.Weigh(Known((1, 1, "1")), new(5, IsStated: false, 9), new("1", null, 'A', "as in the annex"))
        );

    [Theory]
    [InlineData("2", null, 'A')]
    [InlineData("1.0", null, 'A')]
    [InlineData("1", null, 'P')]
    [InlineData(null, "1", 'A')]
    [InlineData(null, null, 'M')]
    public void Weigh_LiveStatementOfSomethingElse_IsRecorded(string? number, string? text, char status) =>
        Assert.Equal(
            Recorded(5),
            StatementRule.Weigh(Known((1, 1, "1")), new(5, IsStated: false, 9), new(number, text, status, null))
        );

    [Fact]
    public void Weigh_LiveReturnToAnEarlierValue_IsRecorded() =>
        Assert.Equal(Recorded(5), Live(5, "1", Known((1, 1, "1"), (2, 2, "2"))));

    [Theory]
    [InlineData(7, null, 8)]
    [InlineData(5, null, 6)]
    [InlineData(3, 7, 8)]
    public void Weigh_LiveWithAClockSetBack_ComesAfterAllThatWasSaid(int said, int? repeated, int at) =>
        Assert.Equal(Recorded(at), Live(5, "2", Repeated(repeated, Known((said, 1, "1")))));

    [Fact]
    public void Weigh_LiveRepetitionOfAContestedInstant_DecidesIt()
    {
        var contested = Known((1, 1, "1"), (1, 2, "2"));

        Assert.Equal(Recorded(5), Live(5, "2", contested));
        Assert.Equal(Recorded(5), Live(5, "1", contested));
    }

    [Fact]
    public void Weigh_PaperOfAKnownInstantSayingTheSame_IsARepetitionThatLeavesNothing()
    {
        Assert.Equal(new(AppendOutcome.Repeated), Paper(5, "1", Known((5, 1, "1"))));
        Assert.Equal(new(AppendOutcome.Repeated), Paper(5, "1", Known((5, 1, "1"), (5, 2, "2"), (6, 3, "3"))));
    }

    [Fact]
    public void Weigh_PaperOfAKnownInstantSayingSomethingElse_IsRecordedAsContested() =>
        Assert.Equal(new(AppendOutcome.Contested) { At = 5 }, Paper(5, "2", Known((1, 1, "2"), (5, 2, "1"), (6, 3, "2"))));

    [Fact]
    public void Weigh_PaperThatRepeatsAnEarlierOne_IsRecorded() => Assert.Equal(Recorded(5), Paper(5, "1", Known((1, 1, "1"))));

    [Fact]
    public void Weigh_PaperBeforeAllElse_IsRecorded() =>
        Assert.Equal(Recorded(5), Paper(5, "2", Repeated(8, Known((6, 1, "1")))));

    [Fact]
    public void Weigh_PaperBeforeARepetition_MakesItAStatement() =>
        Assert.Equal(
            Recorded(5) with
            {
                Restated = new StoredStatement(8, 4, Said("1")),
            },
            Paper(5, "2", Repeated(8, Known((1, 1, "1"))))
        );

    [Theory]
    [InlineData("1", 8)] // it says the same as what was repeated
    [InlineData("2", 5)] // the repetition is not after it
    public void Weigh_PaperThatDoesNotComeBetween_RestatesNothing(string number, int repeated) =>
        Assert.Equal(Recorded(5), Paper(5, number, Repeated(repeated, Known((1, 1, "1")))));

    [Theory]
    [InlineData(7)]
    [InlineData(8)]
    public void Weigh_PaperBeforeARepetitionOfALaterStatement_RestatesNothing(int later) =>
        Assert.Equal(Recorded(5), Paper(5, "2", Repeated(8, Known((1, 1, "1"), (later, 2, "3")))));

    private static StatementVerdict Confirmed => new(AppendOutcome.Repeated) { Confirms = true };

    private static StatementVerdict Recorded(long at) => new(AppendOutcome.Recorded) { At = at };

    private static StatementVerdict Live(long at, string number, KnownFigure? known) =>
        StatementRule.Weigh(known, new(at, IsStated: false, 9), Said(number));

    private static StatementVerdict Paper(long at, string number, KnownFigure? known) =>
        StatementRule.Weigh(known, new(at, IsStated: true, 9), Said(number));

    private static KnownFigure Known(params (long At, long Report, string Number)[] statements)
    {
        var known = new KnownFigure();
        known.Statements.AddRange(statements.Select(one => new StoredStatement(one.At, one.Report, Said(one.Number))));
        return known;
    }

    private static KnownFigure Repeated(long? at, KnownFigure known)
    {
        if (at is { } instant)
            known.Repetition = new(instant, 4);
        return known;
    }

    private static StatedContent Said(string number) => new(number, null, 'A', null);
}
