using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace KpiMetrics.Worker.Logs;

/// <summary>Log lines for people, an event a line: <c>2026-11-21T00:05:11+07:00 info: KpiMetrics[1001] KpiMetrics is up</c>.</summary>
/// <param name="clock">Whose time is written, by the clock of Vietnam.</param>
public sealed class LineFormatter(TimeProvider clock) : ConsoleFormatter(FormatName)
{
    public const string FormatName = "kpi-text";

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var text = logEntry.Formatter(logEntry.State, logEntry.Exception);
        var fault = logEntry.Exception is { } exception ? $" {exception}" : "";
        var at = LogTime.Of(clock);
        textWriter.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{at} {Level(logEntry.LogLevel)}: {logEntry.Category}[{logEntry.EventId.Id}] {OnOneLine(text + fault)}"
            )
        );
    }

    private static string OnOneLine(string text) => text.ReplaceLineEndings(" ");

    private static string Level(LogLevel level) =>
        level switch
        {
            LogLevel.Trace => "trce",
            LogLevel.Debug => "dbug",
            LogLevel.Information => "info",
            LogLevel.Warning => "warn",
            LogLevel.Error => "fail",
            _ => "crit",
        };
}
