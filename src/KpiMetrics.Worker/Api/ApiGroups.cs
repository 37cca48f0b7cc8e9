using Microsoft.AspNetCore.Routing;

namespace KpiMetrics.Worker.Api;

/// <summary>Every group of endpoints, a line each.</summary>
internal static class ApiGroups
{
    public static void Map(IEndpointRouteBuilder app)
    {
        HealthEndpoints.Map(app);
    }
}
