namespace KpiMetrics.Worker.Api.Gate;

/// <summary>
/// Of an endpoint that never needs a token, as those who ask (a container's engine, a proxy) have none: it must tell strangers nothing but yes or no.
/// </summary>
internal sealed record OpenToAll;
