using KpiMetrics.Pipeline.Sources;
using KpiMetrics.Pipeline.Sources.Http;
using KpiMetrics.Tests.Support;
using static KpiMetrics.Tests.Support.LoopbackServer;

namespace KpiMetrics.Tests.Sources.Http;

/// <summary>Answers in pages, questions for several periods, and times that the office states.</summary>
public sealed class HttpSourcePagesTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/trang?so={0}")]
    [InlineData("{1}/trang?so={0}")]
    public async Task Ask_NextLinks_AreFollowedToTheLast(string link)
    {
        await using var server = new LoopbackServer(
            (head, number) =>
            {
                var self = Host(head);
                var next = number == 3 ? "null" : $"\"{string.Format(null, link, number + 1, self)}\"";
                return Json($$"""{"data": [{"ma": "T-01.0{{number}}", "giaTri": {{number}} }], "links": {"next": {{next}} } }""");
            }
        );

        var rows = await Asking.AskAsync(Linked(server));

        Assert.Equal(["T-01.01", "T-01.02", "T-01.03"], rows.Select(row => row.Measure.Text));
        Assert.Equal([1, 2, 3], rows.Select(row => row.Line));
        Assert.Equal("page 3: data[0].giaTri", rows[2].Value.Address);
        Assert.Equal(["/", "/trang?so=2", "/trang?so=3"], server.Requests.Select(Path));
    }

    [Theory]
    [InlineData("http://localhost:1/x?key=s3cr3t", "the next page is said to be at http://localhost:1/x; only ")]
    [InlineData("https://127.0.0.1/x", "the next page is said to be at https://127.0.0.1/x; only ")]
    [InlineData("/", "leads back to a page before it")]
    [InlineData("http://[", "is no address of a next page")]
    public async Task Ask_NextLinkThatLeadsAstray_IsNotFollowed(string link, string message)
    {
        await using var server = new LoopbackServer((_, _) => Json($$"""{"data": [], "links": {"next": "{{link}}"} }"""));

        var fault = await Assert.ThrowsAsync<BrokenReportException>(() => Asking.AskAsync(Linked(server)));

        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cr3t", fault.Message, StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Ask_PagesWithoutEnd_AreLeftAtTheCap()
    {
        await using var server = new LoopbackServer((_, number) => Json($$"""{"data": [], "links": {"next": "/{{number}}"} }"""));
        var options = Linked(server);
        options.MaxPages = 5;

        var fault = await Assert.ThrowsAsync<BrokenReportException>(() => Asking.AskAsync(options));

        Assert.Equal("source so-tai-chinh: more than 5 pages; raise max_pages if that is right", fault.Message);
        Assert.Equal(5, server.Requests.Count);
    }

    [Theory]
    [InlineData(2, 2)]
    [InlineData(0, 3)]
    public async Task Ask_NumberedPages_EndWithAShortOrEmptyOne(int size, int asked)
    {
        string[] pages = ["""{"ma": "a", "giaTri": 1}, {"ma": "b", "giaTri": 2}""", """{"ma": "c", "giaTri": 3}""", ""];
        await using var server = new LoopbackServer((_, number) => Json($$"""{"data": [{{pages[number - 1]}}]}"""));
        var options = Asking.Options($"{server.Address}/?trang={{page}}");
        (options.PageSize, options.FirstPage) = (size, 0);

        var rows = await Asking.AskAsync(options);

        Assert.Equal(["a", "b", "c"], rows.Select(row => row.Measure.Text));
        Assert.Equal(Enumerable.Range(0, asked).Select(page => $"/?trang={page}"), server.Requests.Select(Path));
    }

    [Fact]
    public async Task Ask_PageNumberIgnored_IsSeenAtTheSecondPage()
    {
        await using var server = new LoopbackServer((_, _) => Json("""{"data": [{"ma": "a", "giaTri": 1}]}"""));

        var fault = await Assert.ThrowsAsync<BrokenReportException>(() =>
            Asking.AskAsync(Asking.Options($"{server.Address}/?trang={{page}}"))
        );

        Assert.Contains("page 2 is the same as the one before", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ask_PagesTogetherTooLarge_AreCutOff()
    {
        await using var server = new LoopbackServer(
            (_, number) => Json($$"""{"data": [{"ma": "{{number}}", "giaTri": 1}]}""".PadRight(700))
        );
        var options = Asking.Options($"{server.Address}/?trang={{page}}");
        options.MaxBytes = 2000;

        var fault = await Assert.ThrowsAsync<BrokenReportException>(() => Asking.AskAsync(options));

        Assert.Equal($"{server.Address}/ sent more than 2000 bytes", fault.Message);
        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public async Task Ask_SecondPageFailsOnce_OnlyThatOneIsAskedAgain()
    {
        await using var server = new LoopbackServer(
            (head, number) =>
                number == 2 ? Json("", 502)
                : Path(head) == "/" ? Json("""{"data": [{"ma": "a"}], "links": {"next": "/2"}}""")
                : Json("""{"data": [{"ma": "b"}]}""")
        );

        Assert.Equal(2, (await Asking.AskAsync(Linked(server))).Count);
        Assert.Equal(["/", "/2", "/2"], server.Requests.Select(Path));
    }

    [Fact]
    public async Task Ask_SeveralPeriods_AreOneQuestionForTheirWholeWindow()
    {
        await using var server = new LoopbackServer(
            (_, _) => Json("""{"data": [{"ma": "a", "ky": "2026-09", "giaTri": 1}, {"ma": "a", "ky": "2026-10", "giaTri": 2}]}""")
        );
        var options = Asking.Options($"{server.Address}/?a={{from_period}}&b={{to_period}}&c={{from}}&d={{to}}");
        options.Columns["period"] = "$.ky";
        var (first, last) = (Asking.Question("2026-09"), Asking.October);
        var question = new SourceQuestion("T-01", [first.First, last.First], new(first.Window.Start, last.Window.End));

        var report = Assert.Single(await Asking.Source(options).AskAsync(question, Token));

        Assert.Equal(["2026-09", "2026-10"], report.Rows.Select(row => row.Period.Text));
        Assert.Equal("/?a=2026-09&b=2026-10&c=2026-09-01&d=2026-10-31", Path(Assert.Single(server.Requests)));
        Assert.Equal("T-01 2026-09..2026-10", question.ToString());
    }

    [Fact]
    public async Task Ask_StatedTimes_GiveReportsInTheirOrder()
    {
        var reports = await StatedAsync(
            "2026-11-02T08:00:00+07:00",
            "2026-11-01 09:30",
            "2026-11-02T01:00:00Z",
            "2026-11-20T14:05:00+07:00"
        );

        Assert.Equal(
            ["2026-11-01T02:30:00 2", "2026-11-02T01:00:00 1,3", "2026-11-20T07:00:00 4"],
            reports.Select(report => $"{report.StatedAt:s} {string.Join(',', report.Rows.Select(row => row.Line))}")
        );
        Assert.All(reports, report => Assert.All(report.Rows, row => Assert.Null(row.Fault)));
    }

    [Theory]
    [InlineData(
        "2026-11-20T15:00:00+07:00",
        "stated_at '2026-11-20T15:00:00+07:00' is in the future; it is 2026-11-20T07:00:00Z"
    )]
    [InlineData("20/11/2026", "stated_at '20/11/2026' is no time; allowed are forms such as")]
    [InlineData("", "stated_at '' is no time")]
    public async Task Ask_StatedTimeThatCannotBe_RefusesThatRowAlone(string time, string why)
    {
        var reports = await StatedAsync("2026-11-01T00:00Z", time);

        Assert.Equal(2, reports.Count);
        Assert.Null(Assert.Single(reports[0].Rows).Fault);
        Assert.Null(reports[1].StatedAt);
        Assert.StartsWith(why, Assert.Single(reports[1].Rows).Fault, StringComparison.Ordinal);
    }

    private static async Task<IReadOnlyList<SourceReport>> StatedAsync(params IEnumerable<string> times)
    {
        var items = times.Select(time => $$"""{"ma": "T-01.01", "giaTri": 1, "gui": "{{time}}"}""");
        await using var server = new LoopbackServer((_, _) => Json($$"""{"data": [{{string.Join(',', items)}}]}"""));
        var options = Asking.Options($"{server.Address}/");
        options.StatedAt = "$.gui";
        return await Asking.Source(options).AskAsync(Asking.October, Token);
    }

    private static HttpSourceOptions Linked(LoopbackServer server)
    {
        var options = Asking.Options($"{server.Address}/");
        options.Next = "$.links.next";
        return options;
    }

    private static string Path(string head) => head.Split(' ')[1];

    private static string Host(string head) =>
        "http://" + head.Split("\r\n").First(line => line.StartsWith("Host: ", StringComparison.Ordinal))[6..];
}
