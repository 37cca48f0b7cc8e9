using KpiMetrics.Core.Alerting;
using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Alerting;
using KpiMetrics.Pipeline.Alerting.Alertmanager;
using KpiMetrics.Pipeline.Ledger.Sqlite;
using KpiMetrics.Tests.Ledger;
using KpiMetrics.Tests.Obligations;
using KpiMetrics.Tests.Support;
using static KpiMetrics.Tests.Alerting.AlertWorld;

namespace KpiMetrics.Tests.Alerting;

/// <summary>What offices of communes are told, whose names are those of all other communes' offices.</summary>
public sealed class CommuneDigestsTests : IDisposable
{
    private const string Economy = "Phòng Kinh tế";

    private static readonly DateTimeOffset Morning = DutyWorld.At("2026-11-20 07:30");

    // As Lào Cai's decision prints them.
    private static readonly CatalogSnapshot Catalog = DutyWorld.CatalogOf(
        DutyWorld.Indicator("LC-A01", [Frequency.Month]) with
        {
            Agency = Economy,
        },
        DutyWorld.Indicator("LC-A02", [Frequency.Month]) with
        {
            Agency = "Phòng kinh tế",
        }
    );

    private static readonly AlertPosts Posts = new(Catalog, null, TestCatalog.Zone);

    private readonly TempFolder folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Read_WhatIsOfTheProvinceAndOfCommunes_IsOneDigestForEachOffice()
    {
        var of = Late("2026-10", "2026-11-19 17:00", "Phòng kinh tế");
        Alert[] alerts =
        [
            Open(of with { Key = "2", Agency = Economy }, Morning),
            Open(of with { Key = "1" }, Morning),
            Open(of with { Key = "3", Area = DutyWorld.Two.Id }, Morning),
            Open(of with { Key = "4", Area = DutyWorld.Province.Id }, Morning),
            Open(of with { Key = "5", Area = "99999@2020-01-01" }, Morning), // the catalog has it no longer
        ];

        var digests = await ReadAsync(alerts);

        Assert.Equal(
            [("", "4 5"), (DutyWorld.One.Id, "1 2"), (DutyWorld.Two.Id, "3")],
            digests.Select(one => (one.Area, string.Join(' ', one.Alerts.Select(alert => alert.Key))))
        );
        Assert.All(digests, one => Assert.Equal((DutyWorld.Province.Id, Economy), (one.Province, one.Agency)));
    }

    [Fact]
    public async Task Read_TheOneThatWasPrintedOtherwiseIsGone_IsTheSameMessage()
    {
        var of = Late("2026-10", "2026-11-19 17:00", "Phòng kinh tế");
        var one = Open(of with { Key = "1" }, Morning);
        var other = Open(of with { Key = "2", Agency = Economy }, Morning);

        var both = Assert.Single(await ReadAsync([one, other]));
        var left = Assert.Single(await ReadAsync([other]));

        Assert.Equal(Posts.Of(both).Identity, Posts.Of(left).Identity);
    }

    [Fact]
    public void Of_ADigestForTheHeadOfACommunesOffice_SaysOfWhichCommuneItIs()
    {
        var post = Posts.Of(
            new Digest(AlertAudience.Head, DutyWorld.Province.Id, Economy, Morning, [LateOne()], []) { Area = DutyWorld.One.Id }
        );

        Assert.Equal(
            new Dictionary<string, string>
            {
                ["alertname"] = "Digest",
                ["kind"] = "digest",
                ["severity"] = "warning",
                ["area"] = "02001@2025-07-01",
                ["area_name"] = "Xã Một",
                ["province"] = "15@2025-07-01",
                ["agency"] = Economy,
                ["alert"] = "digest/15@2025-07-01/head/Phòng Kinh tế/02001@2025-07-01/2026-11-20",
                ["to"] = "head",
                ["notify"] = "now",
            },
            new Dictionary<string, string>(post.Labels)
        );
        Assert.Equal("Phòng Kinh tế, Xã Một, sáng 20/11/2026: 1 quá hạn", post.Annotations[AlertLabels.Summary]);
    }

    [Fact]
    public void Of_ADigestOfTheProvince_IsOfNoCommune()
    {
        var post = Posts.Of(new Digest(AlertAudience.Province, DutyWorld.Province.Id, "", Morning, [LateOne()], []));

        Assert.Equal("digest/15@2025-07-01/province//2026-11-20", post.Labels[AlertLabels.Alert]);
        Assert.Equal("15@2025-07-01", post.Labels[AlertLabels.Area]);
        Assert.DoesNotContain(AlertLabels.AreaName, post.Labels.Keys);
        Assert.Equal("Tỉnh Lào Cai, sáng 20/11/2026: 1 quá hạn", post.Annotations[AlertLabels.Summary]);
    }

    [Fact]
    public void Of_AnAlertOfACommune_NamesItInFull()
    {
        var post = Assert.Single(Posts.Of(LateOne()));

        Assert.Equal(("02001@2025-07-01", "Xã Một"), (post.Labels[AlertLabels.Area], post.Labels[AlertLabels.AreaName]));
    }

    private static Alert LateOne() => Open(Late("2026-10", "2026-11-19 17:00", Economy), Morning);

    private async Task<IReadOnlyList<Digest>> ReadAsync(IReadOnlyList<Alert> live)
    {
        var ledger = (SqliteLedger)await SqliteLedgers.CreateAsync(folder, $"{Guid.NewGuid():N}.db");
        return await new MorningDigests(Catalog, ledger, (_, _) => false, TestCatalog.Zone).ReadAsync(live, Morning, Token);
    }
}
