namespace KpiMetrics.Core.Obligations;

/// <summary>What a regime says of one office.</summary>
/// <param name="Name">The office as the set prints it.</param>
public sealed record OfficeDue(string Name, DueRules Rules);
