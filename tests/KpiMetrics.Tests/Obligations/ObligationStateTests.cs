using KpiMetrics.Core.Obligations;
using KpiMetrics.Core.Periods;
using static KpiMetrics.Tests.Obligations.DutyWorld;

namespace KpiMetrics.Tests.Obligations;

public sealed class ObligationStateTests
{
    // Opens 1 December 00:00, due 5 December 23:59:59, soon two days before, missing three days after.
    private static readonly Obligation November = new(
        Months,
        Period.Parse("2026-11"),
        "02001@2025-07-01",
        "Sở Một",
        new(At("2026-12-01"), At("2026-12-05T23:59:59"), TimeSpan.FromDays(2), TimeSpan.FromDays(3), "thử"),
        ["LC-A01.01", "LC-A01.03"],
        At("2026-10-15")
    );

    [Theory]
    [InlineData("2026-11-30T23:59:59.999", ObligationState.Upcoming)]
    [InlineData("2026-12-01T00:00", ObligationState.Open)]
    [InlineData("2026-12-03T23:59:58.999", ObligationState.Open)]
    [InlineData("2026-12-03T23:59:59", ObligationState.DueSoon)]
    [InlineData("2026-12-05T23:59:59.999", ObligationState.DueSoon)]
    [InlineData("2026-12-06T00:00", ObligationState.Overdue)]
    [InlineData("2026-12-08T23:59:59.999", ObligationState.Overdue)]
    [InlineData("2026-12-09T00:00", ObligationState.Missing)]
    public void StateAt_NothingSent_FollowsTheClock(string at, ObligationState state) =>
        Assert.Equal(state, November.StateAt(At(at)));

    [Theory]
    [InlineData("2026-11-20T00:00", ObligationState.Received)]
    [InlineData("2026-12-05T23:59:59.999", ObligationState.Received)]
    [InlineData("2026-12-06T00:00", ObligationState.ReceivedLate)]
    public void StateAt_AllSent_IsInTimeToTheEndOfTheSecond(string complete, ObligationState state)
    {
        var sent = Sent(complete, complete);

        Assert.Equal(state, sent.StateAt(At("2027-01-01")));
        Assert.Equal(state == ObligationState.ReceivedLate, sent.IsLateAt(At("2027-01-01")));
    }

    [Fact]
    public void StateAt_AnEarlierInstant_KnowsNothingOfWhatCameLater()
    {
        var sent = Sent("2026-12-04", "2026-12-10");

        Assert.Equal(ObligationState.Open, sent.StateAt(At("2026-12-02")));
        Assert.Equal(ObligationState.Partial, sent.StateAt(At("2026-12-04")));
        Assert.Equal(ObligationState.Partial, sent.StateAt(At("2026-12-09T23:59")));
        Assert.Equal(ObligationState.ReceivedLate, sent.StateAt(At("2026-12-10")));
    }

    [Fact]
    public void IsLateAt_Partial_FromTheDueInstantOn()
    {
        var partial = November with { FirstAt = At("2026-12-04"), Lacks = ["LC-A01.03"] };

        Assert.Equal((ObligationState.Partial, false), Standing(partial, "2026-12-05T23:59:59.999"));
        Assert.Equal((ObligationState.Partial, true), Standing(partial, "2026-12-06"));
    }

    [Fact]
    public void StateAt_Extended_MovesSoonDueAndMissing()
    {
        var extended = With(Extension("2026-12-02", "2026-12-15T17:00"));

        Assert.Equal(ObligationState.Open, extended.StateAt(At("2026-12-06")));
        Assert.Equal(ObligationState.DueSoon, extended.StateAt(At("2026-12-13T17:00")));
        Assert.Equal(ObligationState.DueSoon, extended.StateAt(At("2026-12-15T17:00:00.999")));
        Assert.Equal(ObligationState.Overdue, extended.StateAt(At("2026-12-15T17:00:01")));
        Assert.Equal(ObligationState.Missing, extended.StateAt(At("2026-12-18T17:00:01")));
    }

    [Fact]
    public void StateAt_ExtendedAfterItWasDue_WasOverdueUntilThen()
    {
        var extended = With(Extension("2026-12-07", "2026-12-15T17:00"));

        Assert.Equal(ObligationState.Overdue, extended.StateAt(At("2026-12-06T23:00")));
        Assert.Equal(ObligationState.Open, extended.StateAt(At("2026-12-07")));
        Assert.Equal(At("2026-12-05T23:59:59"), extended.DueAt(At("2026-12-06T23:00")));
    }

    [Fact]
    public void DueAt_ExtensionTakenBack_IsTheFrozenOneAgain()
    {
        var back = With(
            Extension("2026-12-02", "2026-12-15T17:00"),
            Extension("2026-12-03", "2026-12-20T17:00"),
            new(ExemptionKind.NoExtension, At("2026-12-06"), "a", "b")
        );

        Assert.Equal(At("2026-12-20T17:00"), back.DueAt(At("2026-12-05")));
        Assert.Equal(At("2026-12-05T23:59:59"), back.DueAt(At("2026-12-06")));
        Assert.Equal(ObligationState.Overdue, back.StateAt(At("2026-12-06")));
    }

    [Fact]
    public void StateAt_WaivedAndTakenBack_IsWaivedInBetweenAlone()
    {
        var back = With(
            new(ExemptionKind.Waiver, At("2026-12-02"), "a", "b"),
            new(ExemptionKind.NoWaiver, At("2026-12-07"), "a", "b")
        );

        Assert.Equal((ObligationState.Open, false), Standing(back, "2026-12-01T23:59"));
        Assert.Equal((ObligationState.Waived, false), Standing(back, "2026-12-06T23:59"));
        Assert.Equal((ObligationState.Overdue, true), Standing(back, "2026-12-07"));
    }

    [Fact]
    public void With_AllKindsOfObligations_RatesAreCountedByHandAndBounded()
    {
        var at = At("2026-12-06");
        Obligation[] all =
        [
            Sent("2026-12-01", "2026-12-05"), // on time
            Sent("2026-12-01", "2026-12-06"), // late, in the last moment that counts
            November with
            {
                FirstAt = At("2026-12-01"),
            }, // partial
            November,
            With(new Exemption(ExemptionKind.Waiver, At("2026-12-02"), "a", "b")),
            With(Extension("2026-12-02", "2026-12-15T17:00")), // not due yet
            November with
            {
                VoidAt = At("2026-12-01"),
            },
        ];

        var rate = all.Aggregate(default(ReportingRate), (sum, one) => sum.With(one, at));

        Assert.Equal(new ReportingRate(4, 2, 1), rate);
        Assert.Equal((50m, 25m), (rate.ReceivedPercent, rate.OnTimePercent));
    }

    [Fact]
    public void With_TheSecondInWhichItIsDue_IsNotExpectedYet()
    {
        Assert.Equal(default, default(ReportingRate).With(November, At("2026-12-05T23:59:59.500")));
        Assert.Equal(new(1, 0, 0), default(ReportingRate).With(November, At("2026-12-06")));
    }

    [Fact]
    public void Percent_NothingWasDue_IsNotKnown() =>
        Assert.Equal((null, null), (default(ReportingRate).ReceivedPercent, default(ReportingRate).OnTimePercent));

    [Theory]
    // Where nobody is asked, only the office can be late.
    [InlineData(null, null, Blame.Reporter)]
    // Asked and answered without the figure, be it late: it is not there.
    [InlineData("2026-12-02", "2026-12-02", Blame.Reporter)]
    [InlineData("2026-12-02", "2026-12-06", Blame.Reporter)]
    [InlineData("2026-12-06", "2026-12-06", Blame.Reporter)]
    // Asked, never answered.
    [InlineData("2026-12-02", "", Blame.Source)]
    [InlineData("2026-12-06", "", Blame.Source)]
    // Not asked.
    [InlineData("", "", Blame.Us)]
    public void Of_NotThere_IsWhoseFaultItLooksLike(string? asked, string? answered, Blame blame) =>
        Assert.Equal(blame, Blaming.Of(November, Asked(asked, answered), At("2026-12-07")));

    [Theory]
    [InlineData(null, null, Blame.Reporter)]
    // Answered in time without the figure.
    [InlineData("2026-12-02", "2026-12-05T23:59:59", Blame.Reporter)]
    // Asked in time, answered too late.
    [InlineData("2026-12-02", "2026-12-06", Blame.Source)]
    // Not asked in time.
    [InlineData("2026-12-06", "2026-12-06", Blame.Us)]
    public void Of_Late_IsWhoseFaultItLooksLike(string? asked, string? answered, Blame blame) =>
        Assert.Equal(blame, Blaming.Of(Sent("2026-12-06", "2026-12-06"), Asked(asked, answered), At("2026-12-07")));

    [Fact]
    public void Of_NotLateOrWaived_IsNobody()
    {
        Assert.Equal(Blame.Nobody, Blaming.Of(November, [], At("2026-12-05T23:59:59.999")));
        Assert.Equal(Blame.Nobody, Blaming.Of(Sent("2026-12-01", "2026-12-05"), [], At("2026-12-07")));
        var waived = With(new Exemption(ExemptionKind.Waiver, At("2026-12-20"), "a", "b"));
        Assert.Equal(Blame.Nobody, Blaming.Of(waived, [], At("2026-12-21")));
    }

    [Fact]
    public void Of_CreatedAfterItWasDue_IsOurs() =>
        Assert.Equal(
            Blame.Us,
            Blaming.Of(Sent("2026-12-07", "2026-12-07") with { CreatedAt = At("2026-12-06") }, null, At("2026-12-08"))
        );

    [Fact]
    public void Of_CreatedAfterwardsFromHistoryThatWasLate_IsTheReporter()
    {
        var history = Sent("2026-12-06", "2026-12-06") with { CreatedAt = At("2027-03-01") };

        Assert.Equal(Blame.Reporter, Blaming.Of(history, [], At("2027-03-02")));
    }

    [Fact]
    public void Parse_EveryState_IsReadBackFromItsCode()
    {
        foreach (var state in Enum.GetValues<ObligationState>())
        {
            Assert.True(ObligationStateName.TryParse(state.Code(), out var read));
            Assert.Equal(state, read);
            Assert.NotEmpty(state.Vietnamese());
        }
        Assert.False(ObligationStateName.TryParse("late", out _));
    }

    private static (ObligationState State, bool IsLate) Standing(Obligation obligation, string at) =>
        (obligation.StateAt(At(at)), obligation.IsLateAt(At(at)));

    private static Obligation Sent(string first, string complete) =>
        November with
        {
            FirstAt = At(first),
            CompleteAt = At(complete),
            Lacks = [],
        };

    private static Obligation With(params Exemption[] exemptions) => November with { Exemptions = exemptions };

    private static Exemption Extension(string at, string until) =>
        new(ExemptionKind.Extension, At(at), "Sở Nội vụ", "bão", At(until));

    private static IReadOnlyList<Asking>? Asked(string? asked, string? answered) =>
        asked is null ? null
        : asked.Length == 0 ? []
        :
        [
            new(
                "http",
                November.Period,
                1,
                0,
                At(asked),
                At(asked),
                answered is { Length: > 0 } first ? At(first) : null,
                null,
                At(asked),
                ""
            ),
        ];
}
