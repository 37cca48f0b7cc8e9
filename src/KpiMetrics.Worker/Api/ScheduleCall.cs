using KpiMetrics.Worker.Api.Gate;
using KpiMetrics.Worker.Scheduling.Changes;
using KpiMetrics.Worker.Scheduling.Lanes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace KpiMetrics.Worker.Api;

/// <summary>A call about one indicator's schedule, and what it is answered from.</summary>
/// <param name="Freq">Null: the indicator at all its frequencies.</param>
internal sealed record ScheduleCall(
    [FromRoute(Name = "set")] string Set,
    [FromRoute(Name = "indicator")] string Indicator,
    [FromQuery(Name = "freq")] string? Freq,
    ScheduleDesk Desk,
    LaneSet Lanes,
    TimeProvider Clock,
    HttpContext Context
)
{
    /// <summary><c>lao-cai/LC-C01</c> or <c>lao-cai/LC-C01/H</c>.</summary>
    public string Of => Freq is null ? $"{Set}/{Indicator}" : $"{Set}/{Indicator}/{Freq}";

    public DateTimeOffset At => Clock.GetUtcNow();

    public CancellationToken Cancelled => Context.RequestAborted;

    /// <summary>Who calls, for the audit trail.</summary>
    /// <exception cref="Problems.ProblemException">The token is for another set.</exception>
    public string Actor()
    {
        var token = Context.Token();
        ScheduleAnswers.CheckSet(token, Set);
        return token.Actor();
    }
}
