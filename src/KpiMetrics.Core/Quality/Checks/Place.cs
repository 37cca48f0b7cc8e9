using System.Text.RegularExpressions;
using KpiMetrics.Core.Catalog;

namespace KpiMetrics.Core.Quality.Checks;

/// <summary>Where in a document a figure stands, as an official looks for it.</summary>
/// <param name="Measure">The measure's code.</param>
/// <param name="Form">The form it stands in ("Biểu mẫu 3"); null where its group is none.</param>
/// <param name="Number">Its row number without the closing point ("3.1.1"); null where none is printed.</param>
/// <param name="Subject">The name of the line of its breakdown; null for a measure that is one figure.</param>
public sealed partial record Place(string Measure, string Name, string? Unit, string? Form, string? Number, string? Subject)
{
    /// <summary>Longer names are cut, and three points stand for the rest.</summary>
    public const int LongestName = 80;

    /// <param name="subject">The code of the subject; empty: the measure is one figure.</param>
    public static Place Of(IndicatorSet set, Measure measure, string subject = "")
    {
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(measure);
        var group = set.Groups.FirstOrDefault(group =>
            group.Indicators.Any(indicator => indicator.Measures.Any(known => known.Code == measure.Code))
        );
        var form = FormName().Match((group?.Name ?? "").Normalize());
        var line = measure.Subjects.FirstOrDefault(known => known.Code == subject)?.Name;
        return new(
            measure.Code,
            measure.Name,
            measure.Unit,
            form.Success ? form.Value : null,
            measure.Number?.TrimEnd('.'),
            subject.Length == 0 ? null : line ?? subject
        );
    }

    /// <summary>
    /// <c>Biểu mẫu 3, hàng 3.1.1</c>; <c>Biểu mẫu 1, hàng "Số cơ quan, đơn vị được thanh tra"</c> where no number is printed;
    /// <c>LC-D01.01 "Tổng số nhiệm vụ được giao"</c> outside forms. A line of a breakdown follows: <c>, "Cây lúa"</c>.
    /// </summary>
    public override string ToString() => (Form is null ? "" : $"{Form}, ") + Row;

    /// <summary>The same for a reader who is at the other place already: its form is not said again.</summary>
    public string SeenFrom(Place other) => other.Form == Form ? Row : ToString();

    private string Row =>
        (Form, Number) switch
        {
            (null, _) => $"{Measure} \"{Short(Name)}\"",
            (_, null) => $"hàng \"{Short(Name)}\"",
            _ => $"hàng {Number}",
        } + (Subject is null ? "" : $", \"{Short(Subject)}\"");

    internal static string Short(string name)
    {
        var whole = string.Join(' ', name.Normalize().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (whole.Length <= LongestName)
            return whole;
        // Room for the three points; not within a pair of surrogates.
        var end = LongestName - 3;
        if (char.IsHighSurrogate(whole[end - 1]))
            end--;
        return whole[..end].TrimEnd(' ', ',', ';', '(') + "...";
    }

    [GeneratedRegex(
        @"^(Biểu mẫu|Biểu|Phụ lục|Mẫu|Bảng)( số)? [0-9A-Z][0-9A-Za-z/-]*",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex FormName();
}
