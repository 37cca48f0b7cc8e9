using KpiMetrics.Core.Figures;
using KpiMetrics.Worker.Composition;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace KpiMetrics.Worker.Logs;

/// <summary>Logging to the console, for people or (<c>Logging:Format</c> is <c>json</c>) for programs.</summary>
internal static class LogSetup
{
    /// <remarks>Needs a <see cref="TimeProvider"/> among the services.</remarks>
    /// <exception cref="CommandException"><c>Logging:Format</c> is neither <c>text</c> nor <c>json</c>.</exception>
    public static void Add(ILoggingBuilder logging, IConfiguration configuration)
    {
        var section = configuration.GetSection("Logging");
        var format = section["Format"] switch
        {
            null or "text" => LineFormatter.FormatName,
            "json" => JsonFormatter.FormatName,
            var other => throw new CommandException($"Logging:Format is {Shown.Of(other)}; allowed: text, json."),
        };
        logging.AddConfiguration(section);
        logging.AddConsole(console => console.FormatterName = format);
        logging.Services.AddSingleton<ConsoleFormatter, LineFormatter>();
        logging.Services.AddSingleton<ConsoleFormatter, JsonFormatter>();
    }
}
