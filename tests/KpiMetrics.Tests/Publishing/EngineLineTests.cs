using KpiMetrics.Pipeline.Publishing;

namespace KpiMetrics.Tests.Publishing;

public sealed class EngineLineTests
{
    private static readonly EngineReading Reading = new(
        "máy 1",
        DateTimeOffset.FromUnixTimeSeconds(1_764_000_000),
        12,
        TimeSpan.FromSeconds(2.5),
        1,
        30,
        4,
        2,
        300_000_000
    );

    [Fact]
    public void Of_AReading_IsALineWithAllFields() =>
        Assert.Equal(
            "kpi_engine,worker=máy\\ 1 waiting=12,lag=2.5,refused=1,overdue=30,missing=4,failing=2,memory=300000000 1764000000\n",
            EngineLine.Of(Reading)
        );

    [Fact]
    public void Of_WhatIsNotKnown_IsNotThere() =>
        Assert.Equal(
            "kpi_engine,worker=máy\\ 1 waiting=0,refused=1,failing=2,memory=300000000 1764000000\n",
            EngineLine.Of(Reading with { Waiting = 0, Lag = null, Overdue = null, Missing = null })
        );
}
