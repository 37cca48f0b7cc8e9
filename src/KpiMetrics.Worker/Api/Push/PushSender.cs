using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Quality;
using KpiMetrics.Pipeline.Ledger;
using KpiMetrics.Worker.Api.Problems;

namespace KpiMetrics.Worker.Api.Push;

/// <summary>For which office a token may push.</summary>
internal static class PushSender
{
    /// <param name="asked">The office the call names; null where it names none.</param>
    /// <exception cref="ProblemException">For this one, or this set, it may not; or none is named that must be.</exception>
    public static string Agency(Token token, IndicatorSet set, string? asked)
    {
        if (token.Set is { } only && only != set.Code)
            throw new ProblemException(403, "set-not-allowed", $"The token is for set {only}; the call is for {set.Code}.");
        if (token.Role == TokenRole.Agency)
            return OfOffice(token, set, asked);
        if (asked is null)
            throw new ProblemException(
                400,
                "agency-missing",
                $"A token of role {token.Role.Name()} pushes for an office: name it with ?agency=. Allowed: {AgencyDoor.Allowed(set)}."
            );
        return AgencyDoor.IsKnown(set, asked)
            ? asked
            : throw new ProblemException(
                400,
                "unknown-agency",
                $"Set {set.Code} names no office {Shown.Of(asked)}; allowed: {AgencyDoor.Allowed(set)}."
            );
    }

    private static string OfOffice(Token token, IndicatorSet set, string? asked)
    {
        var own = token.Agency ?? throw new InvalidOperationException($"Token {token.Id} is of no office.");
        if (asked is not null && !PrintedText.IsSame(asked, own))
            throw new ProblemException(403, "agency-mismatch", $"The token is for {own}; the call is for {Shown.Of(asked)}.");
        return AgencyDoor.IsKnown(set, own)
            ? own
            : throw new ProblemException(
                403,
                "agency-mismatch",
                $"The token is for {own}, which reports nothing in set {set.Code}."
            );
    }
}
