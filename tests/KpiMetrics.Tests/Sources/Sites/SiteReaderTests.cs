using KpiMetrics.Pipeline.Sources.Http;
using KpiMetrics.Pipeline.Sources.Sites;
using KpiMetrics.Pipeline.Sources.Sql;

namespace KpiMetrics.Tests.Sources.Sites;

public sealed class SiteReaderTests : IDisposable
{
    private const string Full = """
        sources:
          - kind: http
            name: so-tai-chinh
            set: test
            agency: sở tài chính
            indicators: [T-01]
            url: http://127.0.0.1:8090/{indicator}?tu={from}&den={to}&trang={page}
            headers: {Authorization: "Bearer ${TOKEN}"}
            rows: $.data[*]
            stated_at: $.gui
            first_page: 0
            page_size: 50
            max_pages: 7
            max_bytes: 4096
            columns: {measure: $.ma, area: =24, value: $.giaTri, period: $.ky}
            locale: vi
            lookback: 3
            timeout_seconds: 10
            retries: 4
            budget_seconds: 60
            break_after: 2
            break_seconds: 30
            concurrency: 5
            periods_per_question: 12
            note: thử
          - kind: sql
            name: csdl
            set: test
            connection: ${CSDL}
            query: select 'a@b.vn' as note, ma as measure from t where ky = any(@periods) and tags @> '{x}';
            max_rows: 10
            timeout_seconds: 300
          - kind: inbox
            name: hop
            set: test
            agency: Sở Tài chính
            folder: nop
            locale: en

        """;

    private const string Http = """
        sources:
          - kind: http
            name: a
            set: test
            url: http://h/{indicator}
            columns: {measure: $.ma, area: "=24", value: $.v}

        """;

    private const string Sql = """
        sources:
          - kind: sql
            name: a
            set: test
            connection: ${C}
            query: select 1

        """;

    private readonly SiteFiles files = new();

    public void Dispose() => files.Dispose();

    [Fact]
    public void Read_EveryKey_IsInTheOptions()
    {
        var reading = files.Read(Full);
        Assert.Empty(reading.Faults);
        var site = reading.Site ?? Site.Empty;

        var http = Assert.IsType<HttpSourceOptions>(site.Sources[0]);
        Assert.Equal(("so-tai-chinh", "test", "sở tài chính", "vi"), (http.Name, http.Set, http.Agency, http.Locale));
        Assert.Equal(("$.data[*]", "$.gui", "Bearer ${TOKEN}"), (http.Rows, http.StatedAt, http.Headers["authorization"]));
        Assert.Equal((0, 50, 7, 4096), (http.FirstPage, http.PageSize, http.MaxPages, http.MaxBytes));
        Assert.Equal((3, 10, 4, 60), (http.Lookback, http.TimeoutSeconds, http.Retries, http.BudgetSeconds));
        Assert.Equal((2, 30, 5, 12), (http.BreakAfter, http.BreakSeconds, http.Concurrency, http.PeriodsPerQuestion));
        Assert.Equal(("=24", "$.ky"), (http.Columns["area"], http.Columns["period"]));
        var sql = Assert.IsType<SqlSourceOptions>(site.Sources[1]);
        Assert.Equal(("${CSDL}", 10, 300, 300), (sql.Connection, sql.MaxRows, sql.TimeoutSeconds, sql.BudgetSeconds));
        Assert.Equal((2, 5, 60, 2, 1), (sql.Retries, sql.BreakAfter, sql.BreakSeconds, sql.Concurrency, sql.PeriodsPerQuestion));
        var inbox = Assert.Single(site.Inboxes);
        Assert.Equal(
            ("hop", "test", "Sở Tài chính", Path.Combine(files.Folder, "nop"), "en"),
            (inbox.Name, inbox.Set, inbox.Agency, inbox.Folder, inbox.Locale)
        );
    }

    [Fact]
    public void SourcesOf_SeveralServeOneIndicator_AreAllFoundInOrder()
    {
        var site = files.Read(Full).Site ?? Site.Empty;

        Assert.Equal(["so-tai-chinh", "csdl"], site.SourcesOf("test", "T-01").Select(source => source.Name));
        Assert.Equal(["csdl"], site.SourcesOf("test", "T-02").Select(source => source.Name));
        Assert.Empty(site.SourcesOf("cchc", "T-01"));
    }

    [Fact]
    public void Read_ManyFaults_AreAllSaidWithTheirLines()
    {
        var faults = files.FaultsOf(
            """
            sorces: []
            sources:
              - kind: htp
                name: a
              - name: b
              - text
              - kind: http
                name: Sở
                set: tset
                indicators: [T-09]
                urll: http://h/
                url: http://h/
                rows: $[
                retries: 11
                lookback: nhiều
                budget_seconds: 5
                columns: {measure: "$.[", valeu: $.v, area: "=24"}
              - {kind: inbox, name: inbox, set: test, agency: Sở Y tế, folder: a}
              - {kind: inbox, name: c, set: test, agency: Sở Tài chính, folder: a/b}
              - {kind: inbox, name: c, set: test, agency: Sở Tài chính, folder: ./inbox/x}
              - {kind: sql, name: e, set: test, connection: "${E}", query: "drop table a; select @area"}
            """
        );

        string[] expected =
        [
            "1: site: unknown key 'sorces', did you mean 'sources'; allowed: sources, note",
            "3: site: 'kind' is 'htp', did you mean 'http'; allowed: http, sql, inbox",
            "5: site: required key 'kind' is missing; allowed: http, sql, inbox",
            "6: site: 'sources' is 'text'; expected a mapping with the key 'kind': http, sql, inbox",
            "8: source 'Sở': 'name' is 'Sở'; allowed: 1 to 40 small letters, digits and hyphens, no hyphen first",
            "9: source 'Sở': 'set' is 'tset', did you mean 'test'; allowed: test",
            "11: source 'Sở': unknown key 'urll', did you mean 'url'; allowed: kind, name,",
            "13: source 'Sở': 'rows' is '$[', which is no JSON path: ",
            "14: source 'Sở': 'retries' is '11'; allowed: 0..10",
            "15: source 'Sở': 'lookback' is 'nhiều'; expected a whole number such as 30",
            "16: source 'Sở': 'budget_seconds' is 5, less than the 30 s that one attempt may take",
            "17: source 'Sở', columns: unknown key 'valeu', did you mean 'value'; allowed: measure,",
            "17: source 'Sở', columns: required key 'value' is missing",
            "17: source 'Sở', columns: 'measure' is '$.[', which is no JSON path: ",
            "18: source 'inbox': 'name' is 'inbox', which the engine uses itself; choose another",
            "18: source 'inbox': 'agency' is 'Sở Y tế', no office of set test; allowed: Sở Tài chính",
            "19: source 'c': 'folder' is ",
            "20: source 'c': 'name' is 'c', as is another source's; each needs its own",
            "20: source 'c': 'folder' is ",
            "21: source 'e': 'query' has a ; before its end; allowed is one statement",
            "21: source 'e': 'query' has the parameter @area; allowed: @indicator, @frequency, @from, @to, @periods",
        ];
        Assert.All(expected, start => Assert.Single(faults, fault => fault.StartsWith(start, StringComparison.Ordinal)));
        Assert.Equal(expected.Length, faults.Count);
    }

    [Theory]
    [InlineData("url: ftp://s3cr3t", "5: source 'a': 'url' is not shown here; allowed: http://HOST/PATH or https://HOST/PATH")]
    [InlineData("url: http://[::1?s3cr3t", "5: source 'a': 'url' is no address; allowed: http://HOST/PATH or https://HOST/PATH")]
    [InlineData("url: http://u:s3cr3t@h/", "5: source 'a': 'url' holds credentials; they belong in a header, as ${NAME}")]
    [InlineData(
        "url: http://h/{thang}?s3cr3t",
        "5: source 'a': 'url' has an unknown place in braces; allowed: {indicator}, {frequency}, {period}, {from_period}, {to_period}, {from}, {to}, {page}"
    )]
    [InlineData("url: [s3cr3t]", "5: source 'a': 'url' is no text; expected text, in quotes where it is a number")]
    [InlineData("headers: s3cr3t", "'headers' is no text")]
    [InlineData("headers: {X-Key: [s3cr3t]}", "'headers.X-Key' is no text; expected text, in quotes where it is a number")]
    [InlineData("headers: {X-Key: 5512}", "'headers.X-Key' is no text; expected text, in quotes where it is a number")]
    [InlineData("headers: {X Y: s3cr3t}", "'headers' has 'X Y', which is no name of a request header")]
    [InlineData("headers: {Content-Type: s3cr3t}", "'headers' has 'Content-Type', which is no name of a request header")]
    [InlineData("headers: {a: x, A: s3cr3t}", "'headers' has 'A' twice")]
    public void Read_HttpFault_IsSaidWithoutSecrets(string line, string message) => OnlyFault(Http, line, message);

    [Theory]
    [InlineData("periods_per_question: 2", "'periods_per_question' above 1 needs 'period' among the columns", 2)]
    [InlineData("page_size: 5", "'page_size' needs {page} in 'url'", 1)]
    [InlineData("next: $.[", "'next' is '$.[', which is no JSON path", 1)]
    [InlineData("stated_at: $.[", "'stated_at' is '$.[', which is no JSON path", 1)]
    [InlineData("locale: fr", "'locale' is 'fr'; allowed: vi, en", 1)]
    [InlineData("indicators: [T-01, T-10]", "'indicators' has 'T-10', did you mean 'T-01', which is not in set test", 1)]
    public void Read_HttpSettingThatDoesNotFit_IsSaid(string line, string message, int count)
    {
        var faults = files.FaultsOf(Http + $"    {line}\n");

        Assert.Contains($"source 'a': {message}", faults[0], StringComparison.Ordinal);
        Assert.Equal(count, faults.Count);
    }

    [Fact]
    public void Read_TwoWaysThroughThePages_AreRefused() =>
        OnlyFault(Http.Replace("{indicator}", "{page}", StringComparison.Ordinal), "next: $.n", "are two ways through the pages");

    [Theory]
    [InlineData("connection: Host=db;Password=s3cr3t", "'connection' is not shown here; allowed: ${NAME}")]
    [InlineData("connection: ${A}s3cr3t", "'connection' is not shown here; allowed: ${NAME}")]
    [InlineData("connection: 5512", "'connection' is no text")]
    [InlineData("max_rows: 0", "'max_rows' is '0'; allowed: 1..1000000")]
    public void Read_SqlFault_IsSaidWithoutSecrets(string line, string message) => OnlyFault(Sql, line, message);

    [Theory]
    [InlineData("", "1: the file is empty; expected a mapping of keys")]
    [InlineData("- a", "1: the file is a list; expected a mapping of sources, note")]
    [InlineData("sources: {", "2: not YAML")]
    [InlineData("note: x", "1: site: required key 'sources' is missing")]
    public void Read_NoSite_IsSaid(string yaml, string fault) =>
        Assert.StartsWith(fault, Assert.Single(files.FaultsOf(yaml)), StringComparison.Ordinal);

    [Fact]
    public void Read_NoSources_IsASite() => Assert.Empty(files.Read("sources: []").Site?.Sources ?? [null!]); // null fails the test

    // Replaces the line of the same key, or adds one.
    private void OnlyFault(string yaml, string line, string message)
    {
        var key = $"    {line.Split(':')[0]}:";
        var lines = yaml.TrimEnd('\n').Split('\n').ToList();
        var at = lines.FindIndex(known => known.StartsWith(key, StringComparison.Ordinal));
        if (at >= 0)
            lines[at] = $"    {line}";
        else
            lines.Add($"    {line}");

        var fault = Assert.Single(files.FaultsOf(string.Join('\n', lines)));

        Assert.Contains(message, fault, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cr3t", fault, StringComparison.Ordinal);
        Assert.DoesNotContain("5512", fault, StringComparison.Ordinal);
    }
}
