using KpiMetrics.Pipeline.Ledger;
using KpiMetrics.Worker.Api.Problems;
using KpiMetrics.Worker.Commands.Schedule;
using KpiMetrics.Worker.Scheduling.Changes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace KpiMetrics.Worker.Api;

/// <summary>What calls about the schedule answer: the commands' JSON, or a problem.</summary>
internal static class ScheduleAnswers
{
    public static ContentHttpResult Json(string text, int status = StatusCodes.Status200OK) =>
        TypedResults.Text(text, "application/json", null, status);

    /// <summary>What a change would do.</summary>
    /// <exception cref="ProblemException">It would be refused.</exception>
    public static ContentHttpResult Preview(ScheduleVerdict verdict)
    {
        if (verdict.Faults.Count > 0)
            throw Refused(verdict.Faults);
        return Json(ScheduleJson.Verdict(verdict));
    }

    /// <summary>What came of a change.</summary>
    /// <exception cref="ProblemException">It was refused, or is made only for who insists.</exception>
    public static ContentHttpResult Changed(ScheduleVerdict verdict)
    {
        if (verdict is { Faults.Count: 0, Done: null })
        {
            throw new ProblemException(
                409,
                "needs-insistence",
                $"Nothing was changed; \"insist\": true changes it though: {verdict.Warnings[0].Message}",
                [.. verdict.Warnings.Select(warning => warning.Message)]
            )
            {
                Preview = ScheduleJson.Verdict(verdict),
            };
        }
        return Preview(verdict);
    }

    public static ProblemException Refused(params IReadOnlyList<ScheduleRemark> faults) =>
        new(
            faults[0].Code switch
            {
                "nothing-to-undo" => 409,
                var code when code.StartsWith("unknown-", StringComparison.Ordinal) => 404,
                _ => 400,
            },
            faults[0].Code,
            faults[0].Message,
            faults.Count > 1 ? [.. faults.Select(fault => fault.Message)] : null
        );

    /// <exception cref="ProblemException">The token is for one set, and it is another.</exception>
    public static void CheckSet(Token token, string set)
    {
        if (token.Set is { } only && only != set)
            throw new ProblemException(403, "set-not-allowed", $"The token is for set {only}; the call is for {set}.");
    }
}
