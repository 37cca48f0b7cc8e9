using KpiMetrics.Pipeline.Ledger;

namespace KpiMetrics.Worker.Api.Gate;

/// <summary>Of an endpoint that always needs a token: the roles it must have one of.</summary>
internal sealed record AllowedRoles(IReadOnlyList<TokenRole> Roles);
