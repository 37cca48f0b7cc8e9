namespace KpiMetrics.Core.Figures;

/// <summary>One way of reading digits and marks: which mark groups, which begins the decimals.</summary>
internal sealed record NumberReading(char Group, char Decimal)
{
    public static readonly NumberReading Vietnamese = new('.', ',');
    public static readonly NumberReading English = new(',', '.');

    public static NumberReading Of(NumberLocale locale) => locale == NumberLocale.Vi ? Vietnamese : English;

    /// <summary>The digits without groups and with a point as decimal mark; null where they cannot be read this way.</summary>
    /// <param name="body">Unsigned; nothing but ASCII digits, points, commas and spaces. A space always groups.</param>
    public string? PlainDigits(ReadOnlySpan<char> body)
    {
        var at = body.IndexOf(Decimal);
        var whole = Ungrouped(at < 0 ? body : body[..at]);
        if (whole is null || at < 0)
            return whole;
        var decimals = body[(at + 1)..];
        return AreDigits(decimals) ? $"{whole}.{decimals}" : null;
    }

    private string? Ungrouped(ReadOnlySpan<char> whole)
    {
        if (AreDigits(whole))
            return whole.ToString();
        var mark = whole.Contains(' ') ? ' ' : Group;
        var end = whole.IndexOf(mark);
        if (end is < 1 or > 3 || whole[0] == '0' || !AreDigits(whole[..end]))
            return null;
        var plain = whole[..end].ToString();
        for (var rest = whole[end..]; !rest.IsEmpty; rest = rest[4..])
        {
            if (rest.Length < 4 || rest[0] != mark || !AreDigits(rest[1..4]))
                return null;
            plain += rest[1..4].ToString();
        }
        return plain;
    }

    private static bool AreDigits(ReadOnlySpan<char> text) => !text.IsEmpty && !text.ContainsAnyExceptInRange('0', '9');
}
