using KpiMetrics.Core.Alerting;
using static KpiMetrics.Tests.Alerting.AlertWorld;

namespace KpiMetrics.Tests.Alerting;

public sealed class AlertLifeTests
{
    private static readonly Alert Fired = Open(Late("2026-10", "2026-11-05 17:00"), Noon);

    [Fact]
    public void Apply_TheWholeLife_KeepsWhoDidWhatAndWhen()
    {
        var taken = Do(Fired, AlertStep.Acknowledged, Noon.AddHours(1), "an", "đang hỏi xã");
        var explained = AlertLife.Apply(
            taken,
            new(Fired.Key, 3, Noon.AddHours(2), AlertStep.Explained, "binh", "mất điện") { Link = "https://vi.du/1" }
        );
        var closed = Do(explained, AlertStep.Resolved, Noon.AddHours(3), AlertLife.Engine, "Đã nhận đủ số liệu");

        Assert.Equal(
            (AlertState.Acknowledged, "an", Noon.AddHours(1)),
            (taken.State, taken.AcknowledgedBy, taken.AcknowledgedAt)
        );
        Assert.Equal(
            (AlertState.Explained, "binh", "mất điện", "https://vi.du/1"),
            (explained.State, explained.ExplainedBy, explained.Explanation, explained.Link)
        );
        Assert.Equal(
            (AlertState.Resolved, "Đã nhận đủ số liệu", Noon.AddHours(3), 4),
            (closed.State, closed.Evidence, closed.ResolvedAt, closed.Steps)
        );
        Assert.Equal(("an", "mất điện"), (closed.AcknowledgedBy, closed.Explanation)); // who held it stays known
    }

    [Fact]
    public void Apply_ReopenedByAPerson_BeginsAnewAndDoubtsWhatClosedIt()
    {
        var closed = Do(Do(Fired, AlertStep.Acknowledged, Noon), AlertStep.Resolved, Noon.AddHours(1));

        var open = Do(closed, AlertStep.Reopened, Noon.AddHours(2), "an", "số liệu của kỳ khác");

        Assert.Equal((AlertState.Firing, null, null, null), (open.State, open.AcknowledgedBy, open.ResolvedAt, open.Evidence));
        Assert.Equal((Noon, Noon.AddHours(2), Noon.AddHours(2)), (open.FiredAt, open.CountsFrom, open.DoubtedAt));
    }

    [Theory]
    [InlineData(AlertStep.Fired, "it is there already")]
    [InlineData(AlertStep.Reopened, "it is open, and nobody has acknowledged or explained it")]
    public void Apply_AStepThatDoesNotFit_IsRefusedWithTheReason(AlertStep step, string reason) =>
        Assert.Contains(
            reason,
            Assert.Throws<InvalidOperationException>(() => Do(Fired, step, Noon)).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void Apply_WhatIsTakenExplainedOrClosed_SaysByWhomAndWhy()
    {
        var taken = Do(Fired, AlertStep.Acknowledged, Noon);
        var explained = Do(Fired, AlertStep.Explained, Noon);
        var closed = Do(Fired, AlertStep.Resolved, Noon, AlertLife.Engine, "Đã nhận");

        Assert.Equal("an has acknowledged it already", AlertLife.Refusal(taken, AlertStep.Acknowledged));
        Assert.Equal("an has explained it already", AlertLife.Refusal(explained, AlertStep.Acknowledged));
        Assert.Equal("it is resolved: Đã nhận", AlertLife.Refusal(closed, AlertStep.Explained));
        Assert.Equal("there is no such alert", AlertLife.Refusal(null, AlertStep.Resolved));
        Assert.Null(AlertLife.Refusal(explained, AlertStep.Explained)); // better words
    }

    [Fact]
    public void Apply_AnEventThatIsNotNext_IsRefused() =>
        Assert.Throws<InvalidOperationException>(() =>
            AlertLife.Apply(Fired, new(Fired.Key, 3, Noon, AlertStep.Acknowledged, "an", ""))
        );
}
