using Microsoft.Extensions.Logging;

namespace KpiMetrics.Worker.Demo;

/// <summary>What is said of the demo when the worker starts.</summary>
public static partial class DemoLog
{
    [LoggerMessage(
        1010,
        LogLevel.Warning,
        "The demo is on: made-up figures ('số liệu minh họa', source demo) are served at {Address} and collected into {Ledger}. "
            + "Turn it off with --Demo:Enabled=false. They stay in the ledger for ever: start real work in a fresh data folder (--data DIR)"
    )]
    public static partial void IsOn(ILogger logger, string address, string ledger);
}
