namespace KpiMetrics.Worker.Composition;

/// <summary>A command cannot be done; the message is the line its caller sees.</summary>
public sealed class CommandException(string message) : Exception(message);
