using System.Diagnostics;
using KpiMetrics.Core.Catalog;
using KpiMetrics.Worker.Composition;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace KpiMetrics.Worker.Demo;

/// <summary>The demo's reporting offices behind one JSON API on a port of 127.0.0.1 that the system chooses.</summary>
/// <remarks>It answers by the clock it is given: what has been sent until now, however often it is asked.</remarks>
public sealed class DemoAgency : IAsyncDisposable
{
    private const string RetryAfterSeconds = "1800";

    private readonly CatalogSnapshot catalog;
    private readonly DemoReports reports;
    private readonly DemoOptions options;
    private readonly TimeProvider clock;
    private readonly DemoDice world;
    private readonly WebApplication server;

    private DemoAgency(CatalogSnapshot catalog, DemoOptions options, DemoReports reports, TimeProvider clock)
    {
        (this.catalog, this.options, this.reports, this.clock) = (catalog, options, reports, clock);
        world = DemoDice.Of(options.Seed);
        var builder = WebApplication.CreateEmptyBuilder(new() { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        server = builder.Build();
        server.Run(AnswerAsync);
    }

    /// <summary>Where it listens: <c>http://127.0.0.1:40123</c>.</summary>
    public string Address { get; private set; } = "";

    /// <summary>Listens when this returns.</summary>
    public static async Task<DemoAgency> StartAsync(
        CatalogSnapshot catalog,
        DemoOptions options,
        DemoDueDates due,
        TimeProvider clock,
        CancellationToken cancellationToken
    )
    {
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(clock.GetUtcNow(), VietnamTime.Zone).DateTime);
        var figures = new DemoFigures(catalog, DemoLevels.Read(DemoFiles.Levels), options.Seed);
        var agency = new DemoAgency(
            catalog,
            options,
            new DemoReports(new DemoScope(catalog, today), figures, due, options.Seed),
            clock
        );
        await agency.server.StartAsync(cancellationToken);
        var addresses = agency.server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>();
        agency.Address = addresses?.Addresses.First() ?? throw new UnreachableException("Kestrel has no address.");
        return agency;
    }

    /// <summary>Lets answers under way end.</summary>
    public async ValueTask DisposeAsync()
    {
        await server.StopAsync();
        await server.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var (request, response) = (context.Request, context.Response);
        if (!HttpMethods.IsGet(request.Method))
        {
            response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            return;
        }
        if (DemoQuestion.Read(request.Path.Value ?? "", name => request.Query[name], out var why) is not { } question)
        {
            await RefuseAsync(response, StatusCodes.Status400BadRequest, why);
            return;
        }
        var set = DemoScope.Sets.Contains(question.Set) ? catalog.FindSet(question.Set) : null;
        if (set is null || catalog.FindIndicator(set.Code, question.Indicator) is not { } indicator)
        {
            await RefuseAsync(response, StatusCodes.Status404NotFound, $"the demo has no {question.Set}/{question.Indicator}");
            return;
        }
        var now = clock.GetUtcNow();
        if (options.HasOutages && DemoOffices.IsDown(world, indicator, TimeZoneInfo.ConvertTime(now, VietnamTime.Zone).DateTime))
        {
            response.Headers.RetryAfter = RetryAfterSeconds;
            await RefuseAsync(response, StatusCodes.Status503ServiceUnavailable, $"the system of {indicator.Agency} is down");
            return;
        }
        response.ContentType = "application/json; charset=utf-8";
        await DemoAnswer.WriteAsync(
            response.BodyWriter,
            reports.SentBy(now, set, indicator, question.Periods),
            context.RequestAborted
        );
    }

    private static Task RefuseAsync(HttpResponse response, int status, string why)
    {
        response.StatusCode = status;
        response.ContentType = "text/plain; charset=utf-8";
        return response.WriteAsync($"demo: {why}");
    }
}
