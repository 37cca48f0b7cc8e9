using KpiMetrics.Worker.Api.Push;
using Microsoft.AspNetCore.Routing;

namespace KpiMetrics.Worker.Api;

/// <summary>Every group of endpoints, a line each.</summary>
internal static class ApiGroups
{
    public static void Map(IEndpointRouteBuilder app)
    {
        HealthEndpoints.Map(app);
        CatalogEndpoints.Map(app);
        SeriesEndpoints.Map(app);
        PushEndpoints.Map(app);
        ObligationEndpoints.Map(app);
        AlertEndpoints.Map(app);
        EmergencyEndpoints.Map(app);
        ScheduleEndpoints.Map(app);
        SourceEndpoints.Map(app);
        BackfillEndpoints.Map(app);
    }
}
