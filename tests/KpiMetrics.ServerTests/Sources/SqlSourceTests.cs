using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Sources;
using KpiMetrics.Pipeline.Sources.Sql;

namespace KpiMetrics.ServerTests.Sources;

/// <summary>Against a real PostgreSQL, as a user who may do everything.</summary>
public sealed class SqlSourceTests : IClassFixture<OfficeDatabase>
{
    private const string Good =
        "select ma as measure, '24' as area, ky as period, gia_tri as value from so_lieu where chi_so = @indicator and ky = any(@periods) order by ky";

    private readonly OfficeDatabase database;

    public SqlSourceTests(OfficeDatabase database)
    {
        database.Require();
        this.database = database;
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ask_TwoPeriods_GivesTheirRowsDigitForDigit()
    {
        var report = Assert.Single(await AskAsync(Good, "2026-09", "2026-10"));

        Assert.Null(report.StatedAt);
        Assert.Equal(
            ["T-01 T-01.01 24 2026-09 1.10", "T-01 T-01.01 24 2026-10 123456789012345678901234567890.000000000001"],
            report.Rows.Select(row =>
                $"{row.Indicator.Text} {row.Measure.Text} {row.Area.Text} {row.Period.Text} {row.Value.Text}"
            )
        );
        Assert.All(report.Rows, row => Assert.Equal(CellKind.Number, row.Value.Kind));
    }

    [Fact]
    public async Task Ask_AllParameters_AreTheQuestion()
    {
        const string query = """
            select @indicator || @frequency as measure, 'x' as area, @from || '..' || @to || array_to_string(@periods, ',') as value
            """;

        var row = Assert.Single(Assert.Single(await AskAsync(query, "2026-10")).Rows);

        Assert.Equal(("T-01M", "2026-10-01..2026-10-312026-10"), (row.Measure.Text, row.Value.Text));
        Assert.Equal("2026-10", row.Period.Text);
    }

    [Fact]
    public async Task Ask_NoRows_IsAnEmptyReport() => Assert.Empty(Assert.Single(await AskAsync(Good, "2020-01")).Rows);

    [Theory]
    [InlineData("1.10::numeric(12,3)", "1.100", CellKind.Number)]
    [InlineData("12::smallint", "12", CellKind.Number)]
    [InlineData("-7::bigint", "-7", CellKind.Number)]
    [InlineData("0.1::float8", "0.1", CellKind.Number)]
    [InlineData("1e30::float8", "1e+30", CellKind.Number)]
    [InlineData("1.5::float4", "1.5", CellKind.Number)]
    [InlineData("'NaN'::numeric", "NaN", CellKind.Other)]
    [InlineData("'-Infinity'::float8", "-Infinity", CellKind.Other)]
    [InlineData("null::numeric", "", CellKind.Text)]
    [InlineData("null", "", CellKind.Text)]
    [InlineData("' 1.234,5 '", "1.234,5", CellKind.Text)]
    [InlineData("'1.234'::varchar(9)", "1.234", CellKind.Text)]
    [InlineData("'ab'::char(4)", "ab", CellKind.Text)]
    [InlineData("'2026-10-01'::date", "date 2026-10-01", CellKind.Other)]
    [InlineData("true", "a boolean t", CellKind.Other)]
    [InlineData("'{1,2}'::int[]", "a integer[] {1,2}", CellKind.Other)]
    [InlineData("'{\"a\":1}'::jsonb", "a jsonb {\"a\": 1}", CellKind.Other)]
    public async Task Ask_ValueOfAnyType_IsTakenForWhatItIs(string expression, string text, CellKind kind)
    {
        var row = Assert.Single(Assert.Single(await AskAsync(Row(expression), "2026-10")).Rows);

        Assert.Equal((text, kind), (row.Value.Text, row.Value.Kind));
    }

    [Theory]
    [InlineData("2026-10", "'2026-10-01'::date", "2026-10")]
    [InlineData("2026-10", "'2026-10-01'::timestamp", "2026-10")]
    [InlineData("2026-Q4", "'2026-10-01'::date", "2026-Q4")]
    [InlineData("2026-10-05", "'2026-10-05'::date", "2026-10-05")]
    [InlineData("2026-10-05T14", "'2026-10-05 14:00'::timestamp", "2026-10-05T14")]
    [InlineData("2026-10", "'2026-10-02'::date", "date 2026-10-02, which is no first moment of a month")]
    [InlineData("2026-10", "'infinity'::date", "infinity")]
    public async Task Ask_PeriodAsADate_IsThePeriodThatBeginsThen(string asked, string expression, string period)
    {
        var query = $"select 'm' as measure, 'x' as area, 1 as value, {expression} as period";

        Assert.Equal(period, Assert.Single(Assert.Single(await AskAsync(query, asked)).Rows).Period.Text);
    }

    [Fact]
    public async Task Ask_StatedTimes_GiveReportsInTheirOrder()
    {
        var query = Good.Replace("order by ky", "order by ky desc", StringComparison.Ordinal)
            .Replace(" from", ", luc as stated_at from", StringComparison.Ordinal);

        var reports = await AskAsync(query, "2026-09", "2026-10");

        Assert.Equal(
            ["2026-10-02T01:00:00 2026-09", "2026-11-02T01:00:00 2026-10"],
            reports.Select(report => $"{report.StatedAt:s} {Assert.Single(report.Rows).Period.Text}")
        );
    }

    [Theory]
    [InlineData(
        "with x as (insert into so_lieu (ma) values ('x') returning ma) select ma as measure, ma as area, 1 as value from x"
    )]
    [InlineData("create table moi (a int)")]
    [InlineData("delete from so_lieu")]
    public async Task Ask_QueryThatWrites_IsRefusedByTheServer(string query)
    {
        var before = await database.ExecuteAsync("select count(*) from so_lieu");

        var fault = await Assert.ThrowsAsync<BrokenReportException>(() => AskAsync(query, "2026-10"));

        Assert.StartsWith("source csdl: the database says 25006: cannot execute ", fault.Message, StringComparison.Ordinal);
        Assert.Equal(before, await database.ExecuteAsync("select count(*) from so_lieu"));
    }

    [Theory]
    [InlineData("select 'm' as measure, 'x' as area, 1 as valeu", "has a column 'valeu'; allowed: indicator, measure,")]
    [InlineData("select 'm' as measure, 1 as value", "has no column 'area'")]
    [InlineData("select 'm' as measure, 'x' as area, 1 as value, 2 as value", "has the column 'value' twice")]
    [InlineData("select 1 from khong_co", "42P01: relation \"khong_co\" does not exist")]
    [InlineData("select 1/0 as value, 'm' as measure, 'x' as area", "22012: division by zero")]
    [InlineData(
        "select repeat('x', 70000) as note, 'm' as measure, 'x' as area, 1 as value",
        "a note with more than 65536 characters"
    )]
    public async Task Ask_ResultThatIsNoReport_IsRefusedWhole(string query, string message)
    {
        var fault = await Assert.ThrowsAsync<BrokenReportException>(() => AskAsync(query, "2026-10"));

        Assert.StartsWith("source csdl: ", fault.Message, StringComparison.Ordinal);
        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ask_SeveralPeriodsWithoutAPeriodColumn_IsRefused()
    {
        var fault = await Assert.ThrowsAsync<BrokenReportException>(() => AskAsync(Row("1"), "2026-09", "2026-10"));

        Assert.Contains("has no column 'period', though several periods", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ask_TooManyRows_IsRefused()
    {
        const string query = "select n::text as measure, 'x' as area, n as value from generate_series(1, 100000000) n";

        var fault = await Assert.ThrowsAsync<BrokenReportException>(() => AskAsync(query, "2026-10"));

        Assert.Equal("source csdl: the query's result has more than 1000 rows; raise max_rows if that is right", fault.Message);
    }

    [Fact]
    public async Task Ask_QueryThatTakesTooLong_IsEndedByTheServer()
    {
        var options = Options("select pg_sleep(60)::text as measure, 'x' as area, 1 as value");
        options.TimeoutSeconds = 1;

        var fault = await Assert.ThrowsAsync<SourceUnavailableException>(() =>
            AskAsync(options, database.ConnectionString, "2026-10")
        );

        Assert.Equal("source csdl: the database did not answer within 1 s", fault.Message);
        Assert.Equal(
            0L,
            await database.ExecuteAsync(
                "select count(*) from pg_stat_activity where application_name = 'KpiMetrics' and state = 'active'"
            )
        );
    }

    [Fact]
    public async Task Ask_WrongPassword_IsSaidWithoutIt()
    {
        var connection = $"{database.ConnectionString};Password=s3cr3t";

        var fault = await Assert.ThrowsAsync<BrokenReportException>(() => AskAsync(Options(Good), connection, "2026-10"));

        Assert.Equal("source csdl: the database says 28P01: password authentication failed for user \"kpi\"", fault.Message);
        Assert.DoesNotContain("s3cr3t", fault.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("s3cr3t")]
    [InlineData("Host=127.0.0.1;s3cr3t=1")]
    [InlineData("Host=127.0.0.1;Port=s3cr3t")]
    public async Task Ask_VariableHoldsNoConnection_IsSaidWithoutIt(string connection)
    {
        var fault = await Assert.ThrowsAsync<BrokenReportException>(() => AskAsync(Options(Good), connection, "2026-10"));

        Assert.StartsWith(
            "source csdl: the environment variable CSDL holds no connection string such as ",
            fault.Message,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("s3cr3t", fault.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ask_VariableNotSetOrNobodyListens_IsUnavailable()
    {
        var unset = await Assert.ThrowsAsync<SourceUnavailableException>(() => AskAsync(Options(Good), null, "2026-10"));
        Assert.Equal("source csdl: connection needs the environment variable CSDL, which is not set", unset.Message);

        var silent = await Assert.ThrowsAsync<SourceUnavailableException>(() =>
            AskAsync(Options(Good), "Host=127.0.0.1;Port=1;Username=u;Password=s3cr3t", "2026-10")
        );
        Assert.Equal("source csdl: the database cannot be reached: Connection refused", silent.Message);
        Assert.DoesNotContain("s3cr3t", silent.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ask_AwayTooOften_IsLeftAlone()
    {
        var options = Options(Good);
        options.BreakAfter = 2;
        var source = new SqlSource(options, _ => "Host=127.0.0.1;Port=1;Username=u", TimeProvider.System);
        for (var i = 0; i < 2; i++)
            await Assert.ThrowsAsync<SourceUnavailableException>(() => source.AskAsync(Question("2026-10"), Token));

        var fault = await Assert.ThrowsAsync<SourceUnavailableException>(() => source.AskAsync(Question("2026-10"), Token));

        Assert.StartsWith("source csdl has failed 2 times in a row since ", fault.Message, StringComparison.Ordinal);
    }

    private static string Row(string value) => $"select 'm' as measure, 'x' as area, {value} as value";

    private static SqlSourceOptions Options(string query) =>
        new()
        {
            Name = "csdl",
            Set = "test",
            Connection = "${CSDL}",
            Query = query,
            Retries = 0,
            MaxRows = 1000,
        };

    private static SourceQuestion Question(params IEnumerable<string> texts)
    {
        var periods = texts.Select(Period.Parse).ToList();
        return new("T-01", periods, new(periods[0].Start, periods[^1].End));
    }

    private static Task<IReadOnlyList<SourceReport>> AskAsync(
        SqlSourceOptions options,
        string? connection,
        params IEnumerable<string> periods
    ) =>
        new SqlSource(options, name => name == "CSDL" ? connection : "wrong", TimeProvider.System).AskAsync(
            Question(periods),
            Token
        );

    private Task<IReadOnlyList<SourceReport>> AskAsync(string query, params IEnumerable<string> periods) =>
        AskAsync(Options(query), database.ConnectionString, periods);
}
