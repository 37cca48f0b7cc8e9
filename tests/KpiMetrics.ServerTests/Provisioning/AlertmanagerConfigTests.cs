using KpiMetrics.Core.Alerting;
using KpiMetrics.Core.Catalog;
using KpiMetrics.Pipeline.Alerting.Alertmanager;
using KpiMetrics.ServerTests.Servers;
using KpiMetrics.ServerTests.Support;
using KpiMetrics.Tests.Obligations;
using KpiMetrics.Tests.Support;

namespace KpiMetrics.ServerTests.Provisioning;

/// <summary>provisioning/alertmanager as Alertmanager's own tool reads it. <c>AMTOOL</c> names the program.</summary>
public sealed class AlertmanagerConfigTests
{
    private static readonly string Config = Path.Combine(Repository.Root, "provisioning/alertmanager/alertmanager.yml");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Config_AsItStands_IsValid() => await AmtoolAsync("check-config", Config);

    [Theory]
    // As the worker labels them, to the receivers with commas between.
    [InlineData("on-duty,offices", "alertname=Late", "kind=missing", "severity=critical", "to=office", "notify=now")]
    [InlineData(
        "offices",
        "alertname=Late",
        "kind=overdue",
        "severity=warning",
        "to=office",
        "notify=now",
        "agency=Sở Tài chính"
    )]
    [InlineData("heads", "alertname=Late", "kind=missing", "severity=critical", "to=head", "notify=now", "agency=Sở Tài chính")]
    [InlineData("province", "alertname=Late", "kind=missing", "severity=critical", "to=province", "notify=now")]
    [InlineData("nobody", "alertname=Late", "kind=missing", "severity=critical", "to=office", "notify=digest")]
    [InlineData("nobody", "alertname=Finding", "kind=contradiction", "severity=warning", "to=office", "notify=digest")]
    [InlineData("offices", "alertname=Digest", "kind=digest", "severity=warning", "to=office", "notify=now", "agency=Sở Y tế")]
    [InlineData("heads", "alertname=Digest", "kind=digest", "severity=warning", "to=head", "notify=now", "agency=Sở Y tế")]
    [InlineData("province", "alertname=Digest", "kind=digest", "severity=warning", "to=province", "notify=now")]
    [InlineData("on-duty", "alertname=SourceDown", "kind=source-failing", "severity=critical", "to=operations", "notify=now")]
    [InlineData("on-duty", "alertname=PointRefused", "kind=point-refused", "severity=warning", "to=operations", "notify=now")]
    [InlineData("on-duty,offices", "alertname=Threshold", "kind=threshold", "severity=critical", "to=office", "notify=now")]
    [InlineData("on-duty,offices", "alertname=Threshold", "kind=threshold", "severity=warning", "to=office", "notify=now")]
    [InlineData("nobody", "alertname=Threshold", "kind=threshold", "severity=info", "to=office", "notify=now")]
    [InlineData("on-duty", "severity=critical")]
    [InlineData("nobody", "severity=info", "to=office")]
    [InlineData("offices")]
    public async Task Route_ByItsLabels_GoesWhereItIsMeantTo(string receivers, params string[] labels) =>
        Assert.Equal(receivers, await RouteAsync(Config, labels));

    [Fact]
    public async Task Start_WithNothingInTheEnvironment_TellsNobody()
    {
        using var folder = new TestFolder();
        var config = await StartAsync(folder, []);

        await AmtoolAsync("check-config", config);
        Assert.DoesNotContain(
            "_configs:",
            await File.ReadAllTextAsync(config, TestContext.Current.CancellationToken),
            StringComparison.Ordinal
        );
        Assert.Equal("offices", await RouteAsync(config, ["alertname=Digest", "to=office", "agency=Sở Y tế"]));
    }

    [Fact]
    public async Task Start_WithAddresses_GivesThemToTheirReceiversAndOfficesTheirOwn()
    {
        using var folder = new TestFolder();
        var offices = folder.File("offices.txt");
        await File.WriteAllTextAsync(
            offices,
            "# cơ quan | thư\nSở Tài chính | stc@example.gov.vn\nTrung tâm \"1 cửa\"\tmc@example.gov.vn, hai@example.gov.vn\n",
            Token
        );
        var config = await StartAsync(
            folder,
            new()
            {
                ["ALERT_OFFICES"] = offices,
                ["ALERT_MAIL_TO"] = "truc@example.gov.vn",
                ["ALERT_MAIL_PROVINCE"] = "vp@example.gov.vn",
                ["ALERT_SMTP_HOST"] = "smtp.example.gov.vn:587",
                ["ALERT_SMTP_USER"] = "kpi",
                ["ALERT_SMTP_PASSWORD"] = @"it's: \n#secret",
                ["ALERT_TELEGRAM_TOKEN"] = "1:abc",
                ["ALERT_TELEGRAM_CHAT"] = "-1001",
                ["ALERT_TELEGRAM_CHAT_ON_DUTY"] = "-1002",
                ["ALERT_WEBHOOK_URL"] = "https://example.gov.vn/hook",
                ["ALERT_WEBHOOK_TOKEN"] = "t",
            }
        );

        await AmtoolAsync("check-config", config);
        var text = await File.ReadAllTextAsync(config, TestContext.Current.CancellationToken);
        Assert.Contains(@"auth_password: 'it''s: \n#secret'", text, StringComparison.Ordinal);
        string Of(string receiver) => ReceiverOf(text, receiver);
        Assert.Contains("to: 'vp@example.gov.vn'", Of("province"), StringComparison.Ordinal);
        Assert.Contains("to: 'truc@example.gov.vn'", Of("on-duty"), StringComparison.Ordinal);
        Assert.Contains("chat_id: -1002", Of("on-duty"), StringComparison.Ordinal);
        Assert.Contains("chat_id: -1001", Of("heads"), StringComparison.Ordinal);
        Assert.Contains("to: 'mc@example.gov.vn, hai@example.gov.vn'", Of("office-2"), StringComparison.Ordinal);
        Assert.Equal("office-1", await RouteAsync(config, ["alertname=Digest", "to=office", "agency=Sở Tài chính"]));
        Assert.Equal("heads", await RouteAsync(config, ["alertname=Digest", "to=head", "agency=Sở Tài chính"]));
        Assert.Equal(
            "on-duty,office-1",
            await RouteAsync(config, ["alertname=Late", "to=office", "severity=critical", "agency=Sở Tài chính"])
        );
        Assert.Equal("nobody", await RouteAsync(config, ["alertname=Late", "to=office", "notify=digest", "agency=Sở Tài chính"]));
    }

    /// <summary>Their routes stand before those of all, and would end nowhere.</summary>
    [Fact]
    public async Task Start_OfficesHaveAddressesAndNoMailCanBeSent_TellsThemWhereTheOthersAreTold()
    {
        using var folder = new TestFolder();
        var config = await StartAsync(
            folder,
            new()
            {
                ["ALERT_OFFICES"] = await OfficesAsync(folder),
                ["ALERT_MAIL_TO"] = "truc@example.gov.vn",
                ["ALERT_TELEGRAM_TOKEN"] = "1:abc",
                ["ALERT_TELEGRAM_CHAT_OFFICES"] = "-1001",
                ["ALERT_TELEGRAM_CHAT_HEADS"] = "-1002",
            }
        );

        await AmtoolAsync("check-config", config);
        var text = await File.ReadAllTextAsync(config, Token);
        Assert.Contains("chat_id: -1001", ReceiverOf(text, "office-2"), StringComparison.Ordinal);
        Assert.Contains("chat_id: -1002", ReceiverOf(text, "head-2"), StringComparison.Ordinal);
        Assert.DoesNotContain("email_configs:", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("office-2", "alertname=Digest", "to=office", "agency=Phòng Kinh tế", "area=02671@2025-07-01")]
    [InlineData("office-2", "alertname=Digest", "to=office", "agency=Phòng kinh tế", "area=02671@2025-07-01")]
    [InlineData("head-2", "alertname=Digest", "to=head", "agency=Phòng Kinh tế", "area=02671@2025-07-01")]
    [InlineData("head-2", "alertname=Late", "notify=now", "to=head", "agency=Phòng Kinh tế", "area=02671@2025-07-01")]
    [InlineData(
        "on-duty,office-2",
        "alertname=Late",
        "notify=now",
        "to=office",
        "severity=critical",
        "agency=Phòng Kinh tế",
        "area=02671@2025-07-01"
    )]
    // Another office of that commune; those of another, of which one has an address of its own.
    [InlineData("offices", "alertname=Digest", "to=office", "agency=Công an xã, phường", "area=02671@2025-07-01")]
    [InlineData("office-3", "alertname=Digest", "to=office", "agency=Công an xã, phường", "area_name=Xã Bắc Hà")]
    [InlineData("head-3", "alertname=Digest", "to=head", "agency=Công an xã, phường", "area_name=Xã Bắc Hà")]
    [InlineData("office-4", "alertname=Digest", "to=office", "agency=Phòng Kinh tế", "area_name=Xã Bắc Hà")]
    [InlineData("head-3", "alertname=Digest", "to=head", "agency=Phòng Kinh tế", "area_name=Xã Bắc Hà")]
    // A commune that is not in the file, though its code begins alike; an office that has one address for all communes.
    [InlineData("heads", "alertname=Digest", "to=head", "agency=Phòng Kinh tế", "area=0267@2025-07-01")]
    [InlineData("office-5", "alertname=Digest", "to=office", "agency=Văn phòng HĐND, UBND (xã)", "area=02680@2025-07-01")]
    [InlineData("heads", "alertname=Digest", "to=head", "agency=Văn phòng HĐND, UBND (xã)", "area=02680@2025-07-01")]
    // Of the province.
    [InlineData("office-1", "alertname=Digest", "to=office", "agency=Sở Tài chính", "area=15@2025-07-01")]
    [InlineData("head-1", "alertname=Digest", "to=head", "agency=Sở Tài chính", "area=15@2025-07-01")]
    [InlineData("province", "alertname=Digest", "to=province", "area=15@2025-07-01")]
    [InlineData("nobody", "alertname=Late", "notify=digest", "to=office", "agency=Phòng Kinh tế", "area=02671@2025-07-01")]
    public async Task Start_OfficesOfCommunesAndHeadsHaveAddresses_TellsEachAtItsOwn(string receivers, params string[] labels)
    {
        using var folder = new TestFolder();
        var config = await StartAsync(folder, new() { ["ALERT_OFFICES"] = await OfficesAsync(folder) });

        await AmtoolAsync("check-config", config);
        Assert.Equal(receivers, await RouteAsync(config, labels));
    }

    [Fact]
    public async Task Start_ALineThatNamesNobody_SaysSoAndGoesOn()
    {
        using var folder = new TestFolder();
        var offices = folder.File("offices.txt");
        await File.WriteAllTextAsync(offices, "Sở Y tế\n* | a@example.gov.vn\nSở Nội vụ | b@example.gov.vn\r\n", Token);
        var (config, error) = await StartedAsync(folder, new() { ["ALERT_OFFICES"] = offices });

        Assert.Equal(
            $"{offices}:1: no office with an address: Sở Y tế\n{offices}:2: no office with an address: * | a@example.gov.vn\n",
            error
        );
        Assert.Equal("office-1", await RouteAsync(config, ["alertname=Digest", "to=office", "agency=Sở Nội vụ"]));
    }

    // Ninety-nine communes have an office of one name, of which one has an address; each group is one message.
    [Fact]
    public async Task Digests_OfOneOfficeInEachCommune_AreOneMessageBesidesThoseOfWhoHasAnAddress()
    {
        Area[] communes =
        [
            .. Enumerable
                .Range(2600, 99)
                .Select(n => TestAreas.Area($"0{n}", $"Xã {n}", AreaLevel.Commune, new(2025, 7, 1), null, "15")),
        ];
        using var folder = new TestFolder();
        var config = await StartAsync(folder, new() { ["ALERT_OFFICES"] = await OfficesAsync(folder) });
        await using var server = await AlertmanagerServer.StartAsync(await File.ReadAllTextAsync(config, Token), Token);
        await using var delivery = new AlertDelivery(
            new() { Alertmanagers = [server.Url] },
            new CatalogSnapshot([], [DutyWorld.Country, DutyWorld.Province, .. communes]),
            TestCatalog.Zone,
            TimeProvider.System,
            (_, fault) => throw new InvalidOperationException(fault),
            _ => { }
        );
        var now = TimeProvider.System.GetUtcNow();
        Digest Of(AlertAudience to, string agency, string area) =>
            new(to, DutyWorld.Province.Id, agency, now, [], []) { Area = area };

        await delivery.SendAsync(
            [],
            [],
            [
                .. communes.Select(commune => Of(AlertAudience.Office, "Phòng Kinh tế", commune.Id)),
                .. communes.Select(commune => Of(AlertAudience.Head, "Phòng Kinh tế", commune.Id)),
                Of(AlertAudience.Office, "Sở Y tế", ""),
                Of(AlertAudience.Province, "", ""),
            ],
            now
        );

        const string Messages = "head-2 1, heads 98, office-2 1, offices 1, offices 98, province 1";
        await Eventually.SeesAsync(
            Messages,
            async () => string.Join(", ", await server.GroupsAsync(Token)),
            seen => seen == Messages,
            TimeSpan.FromSeconds(10),
            Token
        );
    }

    private static string ReceiverOf(string config, string name) =>
        config.Split("  - name: ").Single(part => part.StartsWith(name + "\n", StringComparison.Ordinal));

    private static async Task<string> OfficesAsync(TestFolder folder)
    {
        var offices = folder.File("offices.txt");
        await File.WriteAllTextAsync(
            offices,
            """
            # cơ quan | thư | địa bàn | thư của người đứng đầu
            Sở Tài chính | stc@example.gov.vn | | gd-stc@example.gov.vn
            Phòng Kinh tế | kt@example.gov.vn | 02671 | ct@example.gov.vn
            * | vt-bac-ha@example.gov.vn | Xã Bắc Hà | ct-bac-ha@example.gov.vn
            Phòng Kinh tế | kt-bac-ha@example.gov.vn | Xã Bắc Hà
            Văn phòng HĐND, UBND (xã) | vp@example.gov.vn

            """,
            Token
        );
        return offices;
    }

    private static async Task<string> StartAsync(TestFolder folder, Dictionary<string, string> environment)
    {
        var (config, error) = await StartedAsync(folder, environment);
        Assert.Equal("", error);
        return config;
    }

    // start.sh as the container runs it, but for the program that it becomes.
    private static async Task<(string Config, string Error)> StartedAsync(
        TestFolder folder,
        Dictionary<string, string> environment
    )
    {
        var config = folder.File("alertmanager.yml");
        environment["ALERT_CONFIG"] = config;
        environment["ALERT_PROGRAM"] = "echo";
        var script = Path.Combine(Repository.Root, "provisioning/alertmanager/start.sh");
        var (exitCode, output, error) = await Tool.RunAsync("/bin/sh", [script, "--storage.path=/alertmanager"], environment);
        Assert.Equal((0, $"--config.file={config} --storage.path=/alertmanager\n"), (exitCode, output));
        return (config, error);
    }

    private static async Task<string> RouteAsync(string config, string[] labels) =>
        (await AmtoolAsync(["config", "routes", "test", $"--config.file={config}", .. labels])).Trim();

    private static async Task<string> AmtoolAsync(params string[] arguments)
    {
        using var home = new TestFolder();
        var (exitCode, output, error) = await Tool.RunAsync(
            ServerProcess.Find("AMTOOL", "/usr/bin/amtool", "prometheus-alertmanager"),
            arguments,
            new Dictionary<string, string>(StringComparer.Ordinal) { ["HOME"] = home.Path }
        );
        Assert.True(exitCode == 0, output + error);
        return output;
    }
}
