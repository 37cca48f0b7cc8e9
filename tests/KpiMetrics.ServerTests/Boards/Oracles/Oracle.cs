namespace KpiMetrics.ServerTests.Boards.Oracles;

/// <summary>What a panel must show, found out on another road than the panel's own.</summary>
/// <param name="Road">The commands, files or figures that it is found out from.</param>
/// <param name="CompareAsync">Holds all that the panel shows against it.</param>
internal sealed record Oracle(string Road, Func<Sight, Task> CompareAsync);
