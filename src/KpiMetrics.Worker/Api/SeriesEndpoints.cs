using System.Globalization;
using System.Text;
using KpiMetrics.Pipeline.Derivation;
using KpiMetrics.Pipeline.Ledger;
using KpiMetrics.Worker.Api.Problems;
using KpiMetrics.Worker.Commands;
using KpiMetrics.Worker.Commands.Explain;
using KpiMetrics.Worker.Composition;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace KpiMetrics.Worker.Api;

/// <summary>Figures with their derivations, as <c>export</c> writes them, and where one came from, as <c>explain --json</c> does.</summary>
internal static class SeriesEndpoints
{
    private const int SendAt = 64 * 1024;

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/api/v1/sets/{set}/series", SeriesAsync)
            .Describe("readSeries", "Figures with their derivations, as JSON or (Accept: text/csv) CSV.", 400, 404)
            .Answers("application/json", "text/csv");
        app.MapGet("/api/v1/sets/{set}/explain", ExplainAsync)
            .Describe("explain", "Where a figure came from and how it was computed.", 400, 404)
            .Answers("application/json");
    }

    private static async Task SeriesAsync(
        string set,
        string? indicator,
        string? measure,
        string? area,
        string? freq,
        string? from,
        string? to,
        [FromQuery(Name = "as_of")] string? asOf,
        Engine engine,
        HttpContext context
    )
    {
        var catalog = engine.Catalog;
        var of = ApiCodes.Set(catalog, set);
        var query = new FigureQuery(
            of.Code,
            ApiCodes.Indicator(catalog, of, indicator),
            ApiCodes.Measure(catalog, of, measure),
            ApiCodes.Areas(catalog, area),
            ApiCodes.Frequency(freq),
            InstantText.Parse("as_of", asOf)
        );
        var (first, last) = (ApiCodes.Period("from", from), ApiCodes.Period("to", to));
        if (first is { } begins && last is { } ends && begins.Start >= ends.End)
            throw new ProblemException(
                400,
                "bad-period",
                $"from '{begins}' lies after to '{ends}': nothing can be between them."
            );
        var asCsv = WantsCsv(context.Request);
        context.Response.ContentType = asCsv ? "text/csv; charset=utf-8" : "application/json; charset=utf-8";
        var rows = engine.Figures.ReadAsync(query, first, last, context.RequestAborted);
        await SendAsync(rows, asCsv, context);
    }

    private static async Task SendAsync(IAsyncEnumerable<FigureRow> rows, bool asCsv, HttpContext context)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        using IFigureWriter writer = asCsv ? new FigureCsvWriter(text) : new FigureJsonWriter(text);
        await foreach (var row in rows)
        {
            writer.Write(row);
            if (text.GetStringBuilder().Length > SendAt)
                await FlushAsync();
        }
        writer.Complete();
        await FlushAsync();

        async Task FlushAsync()
        {
            await context.Response.WriteAsync(text.ToString(), Encoding.UTF8, context.RequestAborted);
            text.GetStringBuilder().Clear();
        }
    }

    private static bool WantsCsv(HttpRequest request)
    {
        var accepted = request.GetTypedHeaders().Accept.OrderByDescending(type => type.Quality ?? 1);
        var first = accepted.FirstOrDefault(type => Takes(type, "text/csv") || Takes(type, "application/json"));
        return first is not null && !Takes(first, "application/json");
    }

    private static bool Takes(MediaTypeHeaderValue accepted, string type) => new MediaTypeHeaderValue(type).IsSubsetOf(accepted);

    private static async Task<IResult> ExplainAsync(
        string set,
        string series,
        string period,
        [FromQuery(Name = "as_of")] string? asOf,
        Engine engine,
        TimeProvider clock,
        HttpContext context
    )
    {
        var catalog = engine.Catalog;
        var code = ApiCodes.Set(catalog, set).Code;
        if (ApiCodes.Period("period", period) is not { } of)
            throw new ProblemException(400, "bad-period", "period is missing");
        var at = InstantText.Parse("as_of", asOf);
        var text = series.StartsWith(code + "/", StringComparison.Ordinal) ? series : $"{code}/{series}";
        try
        {
            var key = SeriesText.Resolve(catalog, text, of);
            var figures = new ExplainedFigures(catalog, engine.Ledger, clock);
            var explained = await figures.ExplainAsync(key, of, at, context.RequestAborted);
            return explained is null
                ? throw new CommandException($"The catalog has no series '{text}'.")
                : TypedResults.Text(ExplanationJson.Of(explained, at), "application/json");
        }
        catch (CommandException fault)
        {
            var detail = fault.Message.Replace("--period", "period", StringComparison.Ordinal);
            throw new ProblemException(404, "unknown-series", detail);
        }
    }
}
