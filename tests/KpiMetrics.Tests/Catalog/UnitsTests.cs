using KpiMetrics.Core.Catalog;

namespace KpiMetrics.Tests.Catalog;

public sealed class UnitsTests
{
    [Theory]
    [InlineData("Người")]
    [InlineData("hồ sơ")]
    [InlineData("Cơ quan, đơn vị")]
    [InlineData("Người sử dụng đất/Cơ sở")]
    [InlineData("Trực tuyến = 0 Phát phiếu = 1 Kết hợp = 2")]
    public void IsCounted_ThingsAndCodedAnswers_Are(string unit) => Assert.True(Units.IsCounted(unit));

    [Theory]
    [InlineData("%")]
    [InlineData("Tỷ đồng")]
    [InlineData("Triệu USD")]
    [InlineData("VNĐ")]
    [InlineData("Ha")]
    [InlineData("M³")]
    [InlineData("Nghìn Con")]
    [InlineData("Điểm")]
    [InlineData("ngày")]
    [InlineData("Người/km²")]
    [InlineData("một đơn vị chưa biết")]
    [InlineData("")]
    [InlineData(null)]
    public void IsCounted_MeasuredAndUnknownUnits_AreNot(string? unit) => Assert.False(Units.IsCounted(unit));
}
