using System.Text.Json;
using KpiMetrics.Pipeline.Collection;
using KpiMetrics.Pipeline.Ledger;
using KpiMetrics.Worker.Api.Gate;
using KpiMetrics.Worker.Api.Metrics;
using KpiMetrics.Worker.Api.OpenApi;
using KpiMetrics.Worker.Api.Problems;
using KpiMetrics.Worker.Api.Push;
using KpiMetrics.Worker.Composition;
using KpiMetrics.Worker.Scheduling;
using KpiMetrics.Worker.Scheduling.Backfills;
using KpiMetrics.Worker.Scheduling.Changes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace KpiMetrics.Worker.Api;

/// <summary>Puts the API into the worker's host. Groups of endpoints are listed in <see cref="ApiGroups"/>.</summary>
public static class ApiHost
{
    private const int MostConnections = 1000;

    /// <exception cref="CommandException">The settings have faults, or somebody else listens there.</exception>
    internal static void Add(WebApplicationBuilder builder, Engine engine)
    {
        var options = ApiOptions.Bind(engine.Settings.Configuration);
        var services = builder.Services;
        services.AddSingleton(options);
        services.TryAddSingleton<KpiMeters>();
        services.AddMetrics();
        if (!options.Enabled)
        {
            services.AddSingleton<IServer, NoServer>();
            return;
        }
        AddServer(builder, options);
        services.AddSingleton(engine);
        services.AddSingleton<MetricsPage>();
        services.AddSingleton<CallRates>();
        services.AddSingleton(new TokenUses(engine.Ledger));
        services.AddSingleton(new PushCollection(engine.Intake));
        services.AddSingleton<PushesUnderWay>();
        services.AddSingleton(provider => new ScheduleDesk(
            engine.Catalog,
            engine.Ledger,
            EngineOptions.Bind(engine.Settings.Configuration).Schedule.Cron,
            provider.GetRequiredService<ScheduleSeams>()
        ));
        services.AddSingleton<BackfillRuns>();
        services.AddHostedService(provider => provider.GetRequiredService<BackfillRuns>());
        services.AddSingleton<PushEndpoints>();
        services.AddSingleton<IReadyCheck, LedgerReady>();
        services.AddSingleton<IReadyCheck, CatalogReady>();
        services.AddRouting();
        services.Configure<RouteHandlerOptions>(route => route.ThrowOnBadRequest = true);
        services.ConfigureHttpJsonOptions(json => json.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower);
        services.AddRequestTimeouts(limits =>
            limits.DefaultPolicy = new() { Timeout = TimeSpan.FromSeconds(options.TimeoutSeconds) }
        );
        var transformer = new DocumentTransformer(options);
        services.AddOpenApi(document =>
        {
            document.AddDocumentTransformer(transformer);
            document.AddOperationTransformer(transformer);
        });
    }

    internal static void Map(WebApplication app)
    {
        if (!app.Services.GetRequiredService<ApiOptions>().Enabled)
            return;
        app.Services.GetRequiredService<MetricsPage>(); // what happens before the first look counts too
        ObserveOutbox(
            app.Services.GetRequiredService<KpiMeters>(),
            app.Services.GetRequiredService<Engine>(),
            app.Services.GetRequiredService<TimeProvider>()
        );
        app.UseMiddleware<ProblemMiddleware>();
        app.UseRouting();
        app.UseMiddleware<GateMiddleware>();
        app.UseRequestTimeouts();
        ApiGroups.Map(app);
        app.MapOpenApi("/openapi/v1.json");
    }

    /// <summary>Where a started host listens, such as <c>http://127.0.0.1:5080</c>; empty where the API is turned off.</summary>
    public static IReadOnlyList<string> AddressesOf(IHost host) =>
        [.. host.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses ?? []];

    private static void AddServer(WebApplicationBuilder builder, ApiOptions options)
    {
        var addresses = ApiAddress.All(options);
        foreach (var address in addresses)
            address.CheckFree();
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = options.MaxBodyMegabytes * 1024L * 1024L;
            kestrel.Limits.MaxConcurrentConnections = MostConnections;
            foreach (var (address, port) in addresses)
                kestrel.Listen(address, port);
        });
    }

    private static void ObserveOutbox(KpiMeters meters, Engine engine, TimeProvider clock)
    {
        meters.Observe("kpi_outbox_waiting", "Changed figures not yet published.", () => Read().Waiting);
        meters.Observe<double>(
            "kpi_publish_oldest_seconds",
            "How long the oldest of them has waited; absent where none waits.",
            () => Read().OldestMarkedAt is { } oldest ? [new((clock.GetUtcNow() - oldest).TotalSeconds)] : []
        );

        OutboxStatus Read() => engine.Ledger.ReadStatusAsync(CancellationToken.None).GetAwaiter().GetResult();
    }
}
