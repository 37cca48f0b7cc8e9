using System.Globalization;

namespace KpiMetrics.Core.Quality.Checks;

/// <summary>A finding in one sentence: what is stated, what follows from what, by how much they differ. It blames nobody.</summary>
internal static class FindingVietnamese
{
    // More are counted, not named.
    private const int Listed = 6;

    public static string Sentence(Finding finding)
    {
        var place = finding.Place.ToString();
        if (finding.Detection is { Vietnamese: var suspicion })
            return $"{place}: {char.ToLowerInvariant(suspicion[0])}{suspicion[1..]}".Normalize();
        var stated = VietnameseNumber.WithUnit(VietnameseNumber.Text(finding.Stated), finding.Place.Unit);
        var sentence =
            finding.Verdict == FindingVerdict.NotComputable
                ? $"{place} nêu {stated} nhưng không tính được: {Reason(finding)}."
                : $"{place} {Contradiction(finding, stated)}.";
        return sentence.Normalize();
    }

    private static string Contradiction(Finding finding, string stated)
    {
        var inputs = finding.Inputs;
        var recomputed = Recomputed(finding, out var apart);
        var period = VietnamesePeriod.Text(finding.Period);
        var first = inputs.Count > 0 ? Named(finding, inputs[0]) : "";
        return finding.Kind switch
        {
            CheckKind.IdentityRatio or CheckKind.DerivedQuotient =>
                $"nêu {stated} nhưng tính từ {first} chia {Named(finding, inputs[1])} được {recomputed}",
            CheckKind.IdentityDifference or CheckKind.DerivedDifference =>
                $"nêu {stated} nhưng lấy {first} trừ {List(finding, 1)} được {recomputed}, chênh {apart}",
            CheckKind.AtMost => $"nêu {stated}, lớn hơn {first} dù là một phần của số đó, chênh {apart}",
            CheckKind.IdentityEqual => $"nêu {stated} nhưng {first} cũng là số liệu này, chênh {apart}",
            CheckKind.DerivedChange =>
                $"nêu {stated} nhưng so {first} với {Named(finding, inputs[1])} được {recomputed}, chênh {apart}{Level(finding)}",
            CheckKind.DerivedOther => $"nêu {stated} nhưng tính từ {List(finding, 0)} được {recomputed}, chênh {apart}",
            CheckKind.PeriodsLast => $"nêu {stated} cho {period} nhưng kỳ cuối cùng, {first}, là {recomputed}, chênh {apart}",
            CheckKind.PeriodsOther =>
                $"nêu {stated} cho {period} nhưng tính từ {List(finding, 0)} được {recomputed}, chênh {apart}",
            CheckKind.PeriodsSum => $"nêu {stated} cho {period} nhưng cộng {List(finding, 0)} được {recomputed}, chênh {apart}",
            CheckKind.AreasRatio =>
                $"nêu {stated} nhưng tính từ tổng của các đơn vị hành chính ({Value(inputs[0])} chia {Value(inputs[1])}) được {recomputed}, chênh {apart}",
            CheckKind.CumulativeOfFlows =>
                $"nêu lũy kế {stated} đến {period} nhưng cộng {List(finding, 0)} được {recomputed}, chênh {apart}",
            CheckKind.CumulativeFall => $"nêu lũy kế {stated} đến {period}, giảm {apart} so với {first}",
            CheckKind.Sources =>
                $"có hai số cho {period}: nguồn {finding.Source} nêu {stated}, nguồn {inputs[0].Source} nêu {Stated(inputs[0])}, chênh {apart}",
            _ => $"nêu {stated} nhưng cộng {List(finding, 0)} được {recomputed}, chênh {apart}",
        };
    }

    // 105,2 % where the growth is 5,2 %: a usual way of writing it, and no error of the figures.
    private static string Level(Finding finding) =>
        finding.Place.Unit == "%" && Math.Abs(finding.Difference.GetValueOrDefault() - 100m) < finding.Stated.Step
            ? " (có thể nêu mức so sánh, cả gốc 100 %, thay cho mức tăng)"
            : "";

    private static string Reason(Finding finding) =>
        finding.Reason switch
        {
            { Why: Incomputable.TooLarge } => "số quá lớn",
            { Numerator: { } above } when finding.Kind == CheckKind.DerivedChange =>
                $"số gốc để so sánh bằng 0 ({Plain(above)} so với 0)",
            { Numerator: { } above } => $"mẫu số bằng 0 ({Plain(above)}/0){Rows(finding)}",
            _ => $"mẫu số bằng 0{Rows(finding)}",
        };

    private static string Rows(Finding finding) =>
        finding.Inputs switch
        {
            [var whole] => $", theo {Named(finding, whole)}",
            [var above, var below] => $", lấy {Named(finding, above)} chia {Named(finding, below)}",
            _ => "",
        };

    /// <summary>What was computed, at most one decimal longer than what is stated, and how far apart the two are as shown.</summary>
    private static string Recomputed(Finding finding, out string apart)
    {
        var value = finding.Recomputed.GetValueOrDefault();
        var places = finding.Stated.Places;
        // A rate stated in whole percent is shown with a decimal; 98,60 needs no third one, and a count none.
        if (places < 2 && decimal.Round(value, places) != value)
            places++;
        var shown = decimal.Round(value, places, MidpointRounding.AwayFromZero);
        var unit = finding.Place.Unit;
        var distance = VietnameseNumber.Text(Math.Abs(finding.Stated.Value - shown), places);
        apart = VietnameseNumber.WithUnit(distance, unit == "%" ? "điểm %" : unit);
        return VietnameseNumber.WithUnit(VietnameseNumber.Text(shown, places), unit);
    }

    private static string List(Finding finding, int from)
    {
        var named = finding.Inputs.Skip(from).Select(input => Named(finding, input)).ToList();
        if (named.Count > Listed)
        {
            var rest = named.Count - Listed;
            named = [.. named.Take(Listed), string.Create(CultureInfo.InvariantCulture, $"{rest} số khác")];
        }
        return named.Count == 1 ? named[0] : string.Join(", ", named[..^1]) + " và " + named[^1];
    }

    private static string Named(Finding finding, FindingInput input) => $"{Label(finding, input)} ({Value(input)})";

    private static string Label(Finding finding, FindingInput input)
    {
        var parts = new List<string>();
        if (input.Place.Subject is { } subject && input.Place.Measure == finding.Measure && finding.Place.Subject is null)
            parts.Add($"\"{Place.Short(subject)}\"");
        else if (input.Place != finding.Place)
            parts.Add(input.Place.SeenFrom(finding.Place));
        if (input.Area is { } area)
            parts.Add(Place.Short(area));
        if (input.Period is { } period)
            parts.Add(VietnamesePeriod.Text(period));
        return parts.Count == 0 ? input.Place.SeenFrom(finding.Place) : string.Join(", ", parts);
    }

    // In brackets after its row's name a count needs no unit: the name says what is counted.
    private static string Value(FindingInput input) =>
        input.Value is { IsExact: true } count ? VietnameseNumber.Text(count) : Stated(input);

    private static string Stated(FindingInput input) =>
        input.Value is { } value ? VietnameseNumber.WithUnit(VietnameseNumber.Text(value), input.Place.Unit) : "chưa có số";

    private static string Plain(decimal value) => VietnameseNumber.Text(value, value.Scale);
}
