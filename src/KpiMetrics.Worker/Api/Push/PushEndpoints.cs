using System.IO.Compression;
using System.Text;
using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Figures;
using KpiMetrics.Pipeline.Collection;
using KpiMetrics.Pipeline.Ledger;
using KpiMetrics.Pipeline.Sources;
using KpiMetrics.Worker.Api.Gate;
using KpiMetrics.Worker.Api.Metrics;
using KpiMetrics.Worker.Api.Problems;
using KpiMetrics.Worker.Composition;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace KpiMetrics.Worker.Api.Push;

/// <summary><c>POST /api/v1/sets/{set}/observations</c>: an office sends its figures and is told of each row what became of it.</summary>
internal sealed class PushEndpoints(
    Engine engine,
    PushCollection pushes,
    PushesUnderWay underWay,
    ApiOptions options,
    KpiMeters meters,
    TimeProvider clock,
    ILogger<PushEndpoints> logger
)
{
    private const string ReplayedHeader = "Idempotent-Replay";

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapPost(
                "/api/v1/sets/{set}/observations",
                (
                    string set,
                    [FromHeader(Name = "Idempotency-Key")] string key,
                    string? agency,
                    string? locale,
                    [FromQuery(Name = "dry_run")] bool? dryRun,
                    PushEndpoints push,
                    HttpContext context
                ) => push.PushAsync(new(set, key, agency, locale, dryRun ?? false), context)
            )
            .RequireRole(TokenRole.Agency, TokenRole.Operator, TokenRole.Admin)
            .Describe("pushObservations", "Report figures; each row is answered.", 400, 404, 409, 413, 415)
            .Accepts<PushedRow[]>("application/json", "text/csv")
            .Produces<PushedAnswer>(200, "application/json");

    private async Task PushAsync(PushQuery query, HttpContext context)
    {
        var token = context.Token();
        var set = ApiCodes.Set(engine.Catalog, query.Set);
        var agency = PushSender.Agency(token, set, query.Agency);
        query.Check();
        var isCsv = IsCsv(context.Request);
        var key = new PushKey(token.Id, query.Key);
        using var turn =
            underWay.TryBegin(key)
            ?? throw new ProblemException(
                409,
                "in-progress",
                $"The push {Shown.Of(query.Key)} is being taken; ask again in a moment."
            );
        await using var body = await SpooledBody.ReadAsync(
            context.Request,
            Path.Combine(engine.Settings.Data, "spool"),
            options.MaxBodyMegabytes * 1024L * 1024L,
            Encoding.UTF8.GetBytes($"{set.Code}\n{agency}\n{query.Locale}\n{isCsv}\n"),
            context.RequestAborted
        );
        // That a small one was taken before its report finds out by itself, in the end.
        if (!query.DryRun && !body.IsSmall && await FindAnswerAsync(set, key, body, context) is { } before)
        {
            await SendAsync(before, context);
            return;
        }
        var request = new PushRequest(
            set.Code,
            agency,
            IsOffice: token.Role == TokenRole.Agency,
            token.Actor(),
            isCsv,
            NumberLocaleName.Find(query.Locale),
            query.DryRun,
            key,
            body.Hash
        );
        await SendAsync(await TakeAsync(request, set, body, context), context);
    }

    private async Task<ReadOnlyMemory<byte>> TakeAsync(
        PushRequest request,
        IndicatorSet set,
        SpooledBody body,
        HttpContext context
    )
    {
        try
        {
            var (intake, answer) = await pushes.TakeAsync(request, body.Content, clock.GetUtcNow(), context.RequestAborted);
            var (_, recorded, repeated, refused) = intake.Receipt;
            var office = request.Agency ?? "";
            ApiLog.Pushed(
                logger,
                set.Code,
                request.Key.Key,
                request.Key.TokenId,
                office,
                intake.Rows,
                recorded,
                repeated,
                refused
            );
            if (!request.DryRun)
                meters.Pushed(intake.Receipt);
            return answer;
        }
        catch (BrokenReportException fault)
        {
            if (!request.DryRun && await FindAnswerAsync(set, request.Key, body, context) is { } before)
                return before;
            throw new ProblemException(400, "unreadable-body", fault.Message);
        }
        catch (ForeignPushException fault)
        {
            if (!request.DryRun && await FindAnswerAsync(set, request.Key, body, context) is { } before)
                return before;
            var token = context.Token().Id;
            ApiLog.Refused(logger, context.Request.Method, context.Request.Path, "", token, 403, "agency-mismatch");
            throw new ProblemException(403, "agency-mismatch", fault.Message, fault.Faults);
        }
        catch (PushTakenException) when (request is { DryRun: false })
        {
            return await FindAnswerAsync(set, request.Key, body, context)
                ?? throw new ProblemException(
                    409,
                    "in-progress",
                    "The same push is being taken by another worker; ask again in a moment."
                );
        }
    }

    private async Task<ReadOnlyMemory<byte>?> FindAnswerAsync(
        IndicatorSet set,
        PushKey key,
        SpooledBody body,
        HttpContext context
    )
    {
        if (await engine.Ledger.FindPushAsync(key, clock.GetUtcNow(), context.RequestAborted) is not var (hash, answer))
            return null;
        if (!hash.Span.SequenceEqual(body.Hash))
            throw new ProblemException(
                409,
                "idempotency-key-reused",
                $"Idempotency-Key {Shown.Of(key.Key)} was used with another body, or for another set or office; give each push a key of its own."
            );
        ApiLog.Replayed(logger, set.Code, key.Key, key.TokenId);
        context.Response.Headers[ReplayedHeader] = "true";
        return answer;
    }

    private static async Task SendAsync(ReadOnlyMemory<byte> answer, HttpContext context)
    {
        context.Response.ContentType = "application/json; charset=utf-8";
        using var packed = new MemoryStream(answer.ToArray());
        await using var text = new GZipStream(packed, CompressionMode.Decompress);
        await text.CopyToAsync(context.Response.Body, context.RequestAborted);
    }

    private static bool IsCsv(HttpRequest request)
    {
        var type = request.GetTypedHeaders().ContentType;
        var isCsv = type?.MediaType == "text/csv";
        if (!isCsv && type?.MediaType != "application/json")
            throw new ProblemException(
                415,
                "unsupported-media-type",
                $"Content-Type is {Shown.Of(request.ContentType ?? "")}; allowed: application/json, text/csv."
            );
        // A CSV says by its own first bytes what it is written in.
        return
            type?.Charset.Value is null or ""
            || isCsv
            || type.Charset.Value.Trim('"').Equals("utf-8", StringComparison.OrdinalIgnoreCase)
            ? isCsv
            : throw new ProblemException(
                415,
                "unsupported-media-type",
                $"charset is {Shown.Of(type.Charset.Value)}; JSON is UTF-8."
            );
    }
}
