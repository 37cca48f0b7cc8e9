using System.Data.Common;
using KpiMetrics.Worker.Composition;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace KpiMetrics.Worker.Api.Problems;

/// <summary>The one place that turns what went wrong into problem details; nothing of the program's inside leaves it.</summary>
internal sealed class ProblemMiddleware(RequestDelegate next, ILogger<ProblemMiddleware> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers.CacheControl = "no-store";
        ProblemException? problem;
        try
        {
            await next(context);
            problem = OfStatus(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            return; // the caller has gone
        }
        catch (Exception fault)
        {
            problem = Of(context, fault);
        }
        if (problem is null)
            return;
        if (context.Response.HasStarted)
        {
            context.Abort(); // what was sent so far stays visibly cut
            return;
        }
        var (wait, challenge, allow) = (
            context.Response.Headers.RetryAfter,
            context.Response.Headers.WWWAuthenticate,
            context.Response.Headers.Allow
        );
        context.Response.Clear();
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers.CacheControl = "no-store";
        if (wait.Count > 0)
            context.Response.Headers.RetryAfter = wait;
        if (challenge.Count > 0)
            context.Response.Headers.WWWAuthenticate = challenge;
        if (allow.Count > 0)
            context.Response.Headers.Allow = allow;
        await ProblemWriter.WriteAsync(context, problem);
    }

    private ProblemException Of(HttpContext context, Exception fault)
    {
        switch (fault)
        {
            case ProblemException known:
                return known;
            case BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge }:
                return new(413, "body-too-large", fault.Message);
            case BadHttpRequestException bad:
                return new(bad.StatusCode, "bad-request", bad.Message);
            case CommandException refused:
                return new(StatusOf(refused.Code), refused.Code, refused.Message);
            case DbException or IOException:
                ApiLog.LedgerUnavailable(logger, context.Request.Method, context.Request.Path, fault.Message);
                return new(503, "ledger-unavailable", "The ledger cannot be used just now; nothing of the call was kept.");
            default:
                ApiLog.NotForeseen(logger, fault, context.Request.Method, context.Request.Path);
                return new(500, "internal-error", "Not foreseen; the log of the worker says more.");
        }
    }

    private static int StatusOf(string code) =>
        code switch
        {
            "emergency-over" or "nothing-to-exempt" or "alert-state" => 409,
            "unknown-set" or "unknown-indicator" or "unknown-emergency" or "unknown-source" or "unknown-alert" => 404,
            _ => 400,
        };

    // What the framework answers with a bare status.
    private static ProblemException? OfStatus(HttpContext context)
    {
        var (request, response) = (context.Request, context.Response);
        if (response.StatusCode < 400 || response.HasStarted || response.ContentType is not null || response.ContentLength > 0)
            return null;
        return response.StatusCode switch
        {
            404 => new(404, "not-found", $"There is nothing at {request.Path}; /openapi/v1.json lists what there is."),
            405 => new(
                405,
                "method-not-allowed",
                $"{request.Path} does not take {request.Method}; allowed: {response.Headers.Allow}."
            ),
            415 => new(
                415,
                "unsupported-media-type",
                $"Content-Type is '{request.ContentType}'; allowed: application/json, text/csv."
            ),
            504 => new(504, "timeout", "The call took too long and was given up; nothing of it was kept."),
            var other => new(other, "bad-request", "The request cannot be served."),
        };
    }
}
