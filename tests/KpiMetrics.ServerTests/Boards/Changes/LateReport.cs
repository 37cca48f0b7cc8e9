using System.Globalization;
using KpiMetrics.Core.Catalog;
using KpiMetrics.ServerTests.Boards.Oracles;

namespace KpiMetrics.ServerTests.Boards.Changes;

/// <summary>Two reports that everybody had given up come at last: one of a province's office, one of a commune's.</summary>
internal sealed class LateReport : Story
{
    private const string Province = "bac-ninh";
    private const string Communes = "lao-cai";

    private static readonly Dictionary<string, string> Fields = new(StringComparer.Ordinal)
    {
        ["I"] = "kpi-bn-kinh-te",
        ["II"] = "kpi-bn-khu-cong-nghiep",
        ["III"] = "kpi-bn-van-hoa-xa-hoi",
        ["IV"] = "kpi-bn-an-ninh-trat-tu",
        ["V"] = "kpi-bn-nhiem-vu",
    };

    private Owed? province;
    private Owed? commune;

    private Owed OfProvince => province ?? throw new InvalidOperationException("Not chosen.");

    private Owed OfCommune => commune ?? throw new InvalidOperationException("Not chosen.");

    public override async Task ChooseAsync(BoardWorld world)
    {
        var now = Sight.Now;
        province = (await world.Roads.OwedAsync(Province, now)).Where(one => one.State == "missing").MaxBy(one => one.DueAt);
        commune = (await world.Roads.OwedAsync(Communes, now))
            .Where(one => one.Area == BoardWorld.LateCommune && one.IsOpenAndLate && now >= one.PastGraceAt)
            .MaxBy(one => one.DueAt);
        Witnesses = [.. OfTheProvince(world), .. OfTheCommune(world), .. OfTheEngine()];
    }

    public override async Task HappenAsync(BoardWorld world)
    {
        await world.ImportAsync(Province, WorldEvents.Columns, [.. Rows(world, Province, OfProvince)]);
        await world.ImportAsync(Communes, WorldEvents.Columns, [.. Rows(world, Communes, OfCommune)]);
    }

    public override async Task CheckAsync(BoardWorld world)
    {
        foreach (var (set, was) in new[] { (Province, OfProvince), (Communes, OfCommune) })
        {
            var now = (await world.Roads.OwedAsync(set, Sight.Now)).Single(one =>
                (one.Indicator, one.Freq, one.Period, one.Area) == (was.Indicator, was.Freq, was.Period, was.Area)
            );
            Assert.Equal("received-late", now.State);
        }
    }

    private IEnumerable<Witness> OfTheProvince(BoardWorld world)
    {
        var (one, set) = (OfProvince, new[] { ("bo", Province) });
        var indicator = world.Decisions.Indicator(Province, one.Indicator);
        var area = world.Decisions.Area(one.Area);
        var title = $"Thiếu báo cáo: {indicator.Name}, {area.FullName}, kỳ {one.Period} ({one.Agency})";
        (string, string)[] progress = [("bo", Province), ("ky", one.Freq)];
        (string, string) office = ("Cơ quan", one.Agency);
        yield return new("kpi-tong-quan", "Báo cáo quá hạn", set, IsOneLess);
        yield return new("kpi-tong-quan", "Quá cả thời gian gia hạn", set, IsOneLess);
        yield return new("kpi-tong-quan", "Cảnh báo nghiêm trọng", set, IsOneLess);
        yield return new("kpi-tong-quan", "Báo cáo mới nhất", set, IsMore);
        yield return new("kpi-tong-quan", "Cơ quan chậm báo cáo", set, IsOneLessOf("Quá hạn", office));
        yield return new("kpi-tong-quan", "Việc phải xử lý", set, IsGone(("Nội dung", title)));
        yield return new(Fields[indicator.Group], "Báo cáo quá hạn", [], IsOneLess);
        yield return new(
            "kpi-tien-do",
            "Quá hạn chưa đủ",
            progress,
            IsGone(("Chỉ số", indicator.Name), ("Địa bàn", area.FullName), ("Kỳ", one.Period))
        );
        yield return new(
            "kpi-tien-do",
            "Tỷ lệ báo cáo của từng cơ quan",
            progress,
            (was, now) =>
            {
                Assert.Equal(was.NumberOf("Đến hạn", office), now.NumberOf("Đến hạn", office));
                Assert.Equal(was.NumberOf("Muộn", office) + 1, now.NumberOf("Muộn", office));
                Assert.Equal(was.NumberOf("Chưa đủ", office) - 1, now.NumberOf("Chưa đủ", office));
                Assert.True(now.NumberOf("Đã nhận (%)", office) > was.NumberOf("Đã nhận (%)", office));
                Assert.Equal(was.NumberOf("Đúng hạn (%)", office), now.NumberOf("Đúng hạn (%)", office));
            }
        );
        yield return new("kpi-chat-luong", "Chất lượng theo cơ quan", set, IsMoreOf("Đủ", office));
        yield return new("kpi-chat-luong", "Chất lượng theo chỉ số", set, IsMoreOf("Đủ", ("Chỉ số", indicator.Name)));
        yield return new("kpi-chat-luong", "Chất lượng theo địa bàn", set, IsMoreOf("Đủ", ("Địa bàn", area.FullName)));
        yield return new("kpi-chat-luong", "Việc phải làm để nâng điểm", set, IsGone(("Nội dung", title)));
        var measure = indicator.Measures.First(of => of.Code == one.Lacks[0]);
        var subject = measure.Subjects.Count > 0 ? measure.Subjects[0].Code : "_T";
        var series = new ChosenSeries(Province, measure.Code, subject, area.Id, one.Freq).Choices;
        yield return new("kpi-chi-so", "Số liệu từng kỳ", series, Has(one.Period));
        yield return new("kpi-chi-so", "Mọi lần báo cáo", series, Has(one.Period));
    }

    private IEnumerable<Witness> OfTheCommune(BoardWorld world)
    {
        var one = OfCommune;
        var area = world.Decisions.Area(one.Area);
        (string, string) row = ("Xã, phường", area.FullName);
        yield return new(
            "kpi-lc-xa-phuong",
            "Báo cáo quá hạn của xã",
            [("xa", area.Id)],
            (was, now) => Assert.True(now.Number < was.Number)
        );
        yield return new("kpi-lc-xa-phuong", "Tỷ lệ báo cáo của xã, phường", [], IsMoreOf("Đã nhận (%)", row));
        yield return new(
            "kpi-tien-do",
            "Quá hạn chưa đủ",
            [("bo", Communes), ("ky", one.Freq)],
            IsGone(
                ("Chỉ số", world.Decisions.Indicator(Communes, one.Indicator).Name),
                ("Địa bàn", area.FullName),
                ("Kỳ", one.Period)
            )
        );
    }

    private static IEnumerable<Witness> OfTheEngine()
    {
        (string, string)[] alerts = [("Loại", "missing"), ("Bộ chỉ số", Province)];
        yield return new("kpi-van-hanh", "Cảnh báo theo loại", [], IsOneLessOf("Số cảnh báo", alerts));
    }

    // Every measure that lacks, one subject of each.
    private static IEnumerable<string> Rows(BoardWorld world, string set, Owed one) =>
        one.Lacks.Select(code =>
        {
            var measure = world.Decisions.Measure(set, code).Measure;
            var subject = measure.Subjects.Count > 0 ? measure.Subjects[0].Code : "";
            var value = measure.Kind == MeasureKind.Text ? "Nội dung báo cáo muộn" : "1";
            return string.Create(
                CultureInfo.InvariantCulture,
                $"{one.Indicator},{code},{subject},{one.Area},{one.Period},{value}"
            );
        });

    private static void IsOneLess(Picture was, Picture now) => Assert.Equal(was.Number - 1, now.Number);

    private static void IsMore(Picture was, Picture now) => Assert.True(now.Number > was.Number);

    private static Action<Picture, Picture> IsOneLessOf(string column, params (string, string)[] row) =>
        (was, now) => Assert.Equal(was.NumberOf(column, row) - 1, now.NumberOf(column, row));

    private static Action<Picture, Picture> IsMoreOf(string column, params (string, string)[] row) =>
        (was, now) => Assert.True(now.NumberOf(column, row) > was.NumberOf(column, row));

    private static Action<Picture, Picture> IsGone(params (string, string)[] row) =>
        (was, now) =>
        {
            Assert.Single(was.Where(row));
            Assert.Empty(now.Where(row));
        };

    private static Action<Picture, Picture> Has(string period) =>
        (was, now) =>
        {
            Assert.Empty(was.Where(("Kỳ", period)));
            Assert.Single(now.Where(("Kỳ", period), ("Nguồn", "import")));
        };
}
