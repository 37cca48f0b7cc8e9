namespace KpiMetrics.ServerTests.Servers;

/// <summary>A mail as somebody reads it.</summary>
/// <param name="To">Whom the envelope names.</param>
internal sealed record Mail(string To, string Subject, string Text)
{
    private const string SubjectBegins = "Subject: ";
    private const string WordBegins = "=?utf-8?q?";
    private const string PartBegins = "--";

    /// <param name="lines">As it was sent: a head, and a body of one part in quoted-printable.</param>
    public static Mail Of(string to, IReadOnlyList<string> lines)
    {
        var subject = lines.First(line => line.StartsWith(SubjectBegins, StringComparison.Ordinal))[SubjectBegins.Length..];
        var body = lines
            .SkipWhile(line => line.Length > 0)
            .SkipWhile(line => !line.StartsWith(PartBegins, StringComparison.Ordinal))
            .ToList();
        var text = body.SkipWhile(line => line.Length > 0)
            .Skip(1)
            .TakeWhile(line => !line.StartsWith(body[0], StringComparison.Ordinal));
        var whole = string.Join('\n', text).Replace("=\n", "", StringComparison.Ordinal);
        return new(to, Words(subject), Decoded(whole).TrimEnd('\n'));
    }

    private static string Words(string header) =>
        header.StartsWith(WordBegins, StringComparison.OrdinalIgnoreCase)
            ? string.Concat(header.Split(' ').Select(word => Decoded(word[WordBegins.Length..^2].Replace('_', ' '))))
            : header;

    // Quoted-printable is the escaping of addresses with another sign.
    private static string Decoded(string text) =>
        Uri.UnescapeDataString(text.Replace("%", "%25", StringComparison.Ordinal).Replace('=', '%'));
}
