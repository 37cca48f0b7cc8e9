using System.Globalization;
using KpiMetrics.Worker.Composition;

namespace KpiMetrics.Worker.Commands;

/// <summary>Instants on the command line and in exports: ISO 8601, by the clock of Vietnam where no offset is given.</summary>
internal static class InstantText
{
    private static readonly string[] Local =
    [
        "yyyy-MM-dd",
        "yyyy-MM-dd'T'HH:mm",
        "yyyy-MM-dd'T'HH:mm:ss",
        "yyyy-MM-dd'T'HH:mm:ss.FFF",
    ];

    private static readonly string[] WithOffset =
    [
        "yyyy-MM-dd'T'HH:mmzzz",
        "yyyy-MM-dd'T'HH:mm:sszzz",
        "yyyy-MM-dd'T'HH:mm:ss.FFFzzz",
        "yyyy-MM-dd'T'HH:mm'Z'",
        "yyyy-MM-dd'T'HH:mm:ss'Z'",
        "yyyy-MM-dd'T'HH:mm:ss.FFF'Z'",
    ];

    /// <exception cref="CommandException">The text is no instant; the message names the option and what is allowed.</exception>
    public static DateTimeOffset? Parse(string option, string? text)
    {
        if (text is null)
            return null;
        // The clock of Vietnam is ahead: the first hours of the year 1 are before the first instant there is.
        if (
            DateTime.TryParseExact(text, Local, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)
            && local.Year > 1
        )
            return new(local, VietnamTime.Zone.GetUtcOffset(local));
        if (
            DateTimeOffset.TryParseExact(
                text,
                WithOffset,
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal,
                out var instant
            )
        )
            return instant;
        throw new CommandException(
            $"{option} '{text}' is no instant; write 2025-12-20, 2025-12-20T08:00 (clock of Vietnam) or 2025-12-20T01:00:00Z."
        );
    }

    /// <summary>By the clock of Vietnam, with its offset; milliseconds only where there are any.</summary>
    public static string Print(DateTimeOffset instant) =>
        TimeZoneInfo
            .ConvertTime(instant, VietnamTime.Zone)
            .ToString("yyyy-MM-dd'T'HH:mm:ss.FFFzzz", CultureInfo.InvariantCulture);
}
