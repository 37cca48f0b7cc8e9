using KpiMetrics.Core.Alerting;
using KpiMetrics.Core.Catalog;
using KpiMetrics.Pipeline.Alerting.Alertmanager;
using KpiMetrics.Tests.Obligations;
using KpiMetrics.Tests.Support;

namespace KpiMetrics.Tests.Alerting;

public sealed class AlertPostsTests
{
    [Fact]
    public void Of_ADigestOfAProvince_NamesItInFull()
    {
        var province = DutyWorld.Province with { Name = "Lào Cai", Kind = "Tỉnh" };
        var posts = new AlertPosts(new CatalogSnapshot([], [DutyWorld.Country, province]), null, TestCatalog.Zone);
        var late = AlertWorld.Open(AlertWorld.Late("2026-10", "2026-11-05 17:00"), AlertWorld.Noon);

        var post = posts.Of(new Digest(AlertAudience.Province, province.Id, "", DutyWorld.At("2026-11-20 07:30"), [late], []));

        Assert.Equal("Tỉnh Lào Cai, sáng 20/11/2026: 1 quá hạn", post.Annotations[AlertLabels.Summary]);
    }
}
