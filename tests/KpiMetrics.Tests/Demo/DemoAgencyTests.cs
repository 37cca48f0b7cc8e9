using System.Net;
using System.Text.Json;
using KpiMetrics.Tests.Support;
using KpiMetrics.Worker.Demo;

namespace KpiMetrics.Tests.Demo;

public sealed class DemoAgencyTests : IDisposable
{
    private readonly HttpClient client = new();

    public void Dispose() => client.Dispose();

    private static Task<DemoAgency> StartAsync(TimeProvider clock, bool hasOutages = false) =>
        DemoAgency.StartAsync(
            DemoWorld.Catalog,
            new() { Seed = DemoWorld.Seed, HasOutages = hasOutages },
            DemoWorld.Due,
            clock,
            TestContext.Current.CancellationToken
        );

    private async Task<JsonElement> AskAsync(DemoAgency agency, string question)
    {
        var text = await client.GetStringAsync($"{agency.Address}/{question}", TestContext.Current.CancellationToken);
        return JsonDocument.Parse(text).RootElement;
    }

    [Fact]
    public async Task DemoAgency_AskedForAMonth_AnswersWithLabelledStatements()
    {
        await using var agency = await StartAsync(new ManualClock(DemoWorld.Now));

        var answer = await AskAsync(agency, "lao-cai/LC-A05?frequency=M&from_period=2026-08&to_period=2026-09");

        Assert.StartsWith("http://127.0.0.1:", agency.Address, StringComparison.Ordinal);
        Assert.Equal("demo", answer.GetProperty("source").GetString());
        Assert.Equal("Số liệu minh họa", answer.GetProperty("notice").GetString());
        var items = answer.GetProperty("items").EnumerateArray().ToList();
        Assert.InRange(items.Count, 40, 70);
        Assert.Equal(
            ["measure", "subject", "area", "period", "value", "unit", "status", "vintage", "note", "sent_at"],
            items[0].EnumerateObject().Select(field => field.Name)
        );
        Assert.Equal(items.Select(Sent).Order(), items.Select(Sent));
        Assert.Equal(9, items.Select(item => item.GetProperty("area").GetString()).Distinct().Count());

        static DateTimeOffset Sent(JsonElement item) => item.GetProperty("sent_at").GetDateTimeOffset();
    }

    [Fact]
    public async Task DemoAgency_TimePasses_AnswersWithMore()
    {
        const string Question = "lao-cai/LC-A14?frequency=D&from_period=2026-11-19&to_period=2026-11-19";
        var clock = new ManualClock(new(2026, 11, 19, 23, 59, 0, TimeSpan.FromHours(7)));
        await using var agency = await StartAsync(clock);

        var before = (await AskAsync(agency, Question)).GetProperty("items").GetArrayLength();
        clock.Advance(TimeSpan.FromDays(3));
        var after = (await AskAsync(agency, Question)).GetProperty("items").GetArrayLength();

        Assert.Equal(0, before);
        Assert.True(after >= 28);
    }

    [Theory]
    [InlineData("lao-cai/LC-A14", HttpStatusCode.BadRequest, "frequency is ''")]
    [InlineData("lao-cai/LC-A14?frequency=M&from_period=2026-02&to_period=2026-01", HttpStatusCode.BadRequest, "in order")]
    [InlineData("lao-cai/LC-A14?frequency=M&from_period=x&to_period=2026-01", HttpStatusCode.BadRequest, "from_period 'x'")]
    [InlineData("lao-cai", HttpStatusCode.BadRequest, "/{set}/{indicator}")]
    [InlineData("cchc/CC-F303?frequency=A&from_period=2025&to_period=2025", HttpStatusCode.NotFound, "cchc/CC-F303")]
    public async Task DemoAgency_BadQuestion_SaysWhatIsAllowed(string question, HttpStatusCode expected, string why)
    {
        await using var agency = await StartAsync(new ManualClock(DemoWorld.Now));

        var cancellationToken = TestContext.Current.CancellationToken;
        using var answer = await client.GetAsync(new Uri($"{agency.Address}/{question}"), cancellationToken);

        Assert.Equal(expected, answer.StatusCode);
        Assert.Contains(why, await answer.Content.ReadAsStringAsync(cancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task DemoAgency_OfficeIsDown_Answers503ForAFewHoursOnSomeDays()
    {
        const string Question = "bac-ninh/BN-08?frequency=M&from_period=2026-01&to_period=2026-01";
        var clock = new ManualClock(new(2026, 11, 1, 0, 30, 0, TimeSpan.FromHours(7)));
        await using var agency = await StartAsync(clock, hasOutages: true);

        var cancellationToken = TestContext.Current.CancellationToken;
        var down = new List<int>();
        for (var hour = 0; hour < 24 * 30; hour++, clock.Advance(TimeSpan.FromHours(1)))
        {
            using var answer = await client.GetAsync(new Uri($"{agency.Address}/{Question}"), cancellationToken);
            if (answer.StatusCode == HttpStatusCode.ServiceUnavailable)
                down.Add(hour);
            else
                Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        Assert.InRange(down.Count, 3, 60);
        Assert.Contains(down, hour => down.Contains(hour + 2));
    }

    [Fact]
    public async Task DemoAgency_AMonthOfDaysOfNineCommunes_IsFast()
    {
        const string Question = "lao-cai/LC-A20?frequency=D&from_period=2026-10-01&to_period=2026-10-31";
        await using var agency = await StartAsync(new ManualClock(DemoWorld.Now));
        await AskAsync(agency, Question);

        var began = TimeProvider.System.GetTimestamp();
        var answer = await AskAsync(agency, Question);
        var took = TimeProvider.System.GetElapsedTime(began);

        TestContext.Current.SendDiagnosticMessage(
            $"{answer.GetProperty("items").GetArrayLength()} items in {took.TotalMilliseconds} ms"
        );
        Assert.InRange(answer.GetProperty("items").GetArrayLength(), 2000, 3000);
        Assert.True(took < TimeSpan.FromSeconds(1));
    }
}
