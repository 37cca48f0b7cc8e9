namespace KpiMetrics.Worker.Composition;

/// <summary>A command cannot be done; the message is the line its caller sees.</summary>
/// <param name="code">Stable, in kebab case: what machines go by where the API answers with it.</param>
public sealed class CommandException(string message, string code = "bad-request") : Exception(message)
{
    public string Code => code;
}
