using KpiMetrics.Worker.Composition;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace KpiMetrics.Worker.Api;

/// <summary>Puts the API into the worker's host. Groups of endpoints are listed in <see cref="ApiGroups"/>.</summary>
public static class ApiHost
{
    /// <exception cref="CommandException">The settings have faults, or somebody else listens there.</exception>
    internal static void Add(WebApplicationBuilder builder, Engine engine)
    {
        var options = ApiOptions.Bind(engine.Settings.Configuration);
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton(engine);
        if (!options.Enabled)
        {
            builder.Services.AddSingleton<IServer, NoServer>();
            return;
        }
        var addresses = ApiAddress.All(options);
        foreach (var address in addresses)
            address.CheckFree();
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = options.MaxBodyMegabytes * 1024L * 1024L;
            kestrel.Limits.MaxConcurrentConnections = 1000;
            kestrel.Limits.MaxRequestHeadersTotalSize = 16 * 1024;
            foreach (var (address, port) in addresses)
                kestrel.Listen(address, port);
        });
        builder.Services.AddRouting();
    }

    internal static void Map(WebApplication app)
    {
        if (app.Services.GetRequiredService<ApiOptions>().Enabled)
            ApiGroups.Map(app);
    }

    /// <summary>Where a started host listens, such as <c>http://127.0.0.1:5080</c>; empty where the API is turned off.</summary>
    public static IReadOnlyList<string> AddressesOf(IHost host) =>
        [.. host.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses ?? []];
}
