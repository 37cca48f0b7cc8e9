using KpiMetrics.Faults;

namespace KpiMetrics.ServerTests.Running;

public sealed class FaultOptionsTests
{
    [Theory]
    [InlineData("", true, true, 2)]
    [InlineData("", false, false, 1)]
    [InlineData("--ledger sqlite", true, false, 1)]
    [InlineData("--ledger postgres", false, true, 2)]
    [InlineData("--workers 1", true, true, 1)]
    [InlineData("--workers 3", true, true, 3)]
    public void Read_LedgerAndWorkers_AreAProvincesUnlessToldOtherwise(
        string arguments,
        bool hasPostgres,
        bool isPostgres,
        int workers
    )
    {
        var options = FaultOptions.Read(arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries), hasPostgres);

        Assert.Equal((isPostgres, workers), (options.IsPostgres, options.Workers));
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("--only full-disk,kill-worker", true)]
    [InlineData("--only kill-worker", false)]
    [InlineData("--without full-disk", false)]
    public void Wants_ATrouble_FollowsOnlyAndWithout(string arguments, bool isWanted)
    {
        var options = FaultOptions.Read(arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries), hasPostgres: true);

        Assert.Equal(isWanted, options.Wants("full-disk"));
    }

    [Theory]
    [InlineData("--ledger sqlite --workers 2")]
    [InlineData("--workers 0")]
    [InlineData("--ledger")]
    public void Read_WhatCannotBe_SaysSo(string arguments) =>
        Assert.Throws<UsageException>(() => FaultOptions.Read(arguments.Split(' '), hasPostgres: true));
}
