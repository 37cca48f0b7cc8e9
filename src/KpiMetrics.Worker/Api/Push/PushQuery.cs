using System.Globalization;
using KpiMetrics.Core.Figures;
using KpiMetrics.Worker.Api.Problems;

namespace KpiMetrics.Worker.Api.Push;

/// <summary>What a push says beside its rows.</summary>
internal sealed record PushQuery(string Set, string Key, string? Agency, string? Locale, bool DryRun)
{
    private const int ShortestKey = 8;
    private const int LongestKey = 128;

    /// <exception cref="ProblemException">The key or the locale is none.</exception>
    public void Check()
    {
        if (Key.Length is < ShortestKey or > LongestKey || Key.AsSpan().ContainsAnyExceptInRange(' ', '~'))
            throw new ProblemException(
                400,
                "bad-idempotency-key",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Idempotency-Key is {Shown.Of(Key)}; allowed are {ShortestKey} to {LongestKey} printable ASCII characters."
                )
            );
        if (Locale is not null && NumberLocaleName.Find(Locale) is null)
            throw new ProblemException(400, "bad-locale", $"locale is {Shown.Of(Locale)}; allowed: {NumberLocaleName.Allowed}.");
    }
}
