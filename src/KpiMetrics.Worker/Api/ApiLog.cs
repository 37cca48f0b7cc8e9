using Microsoft.Extensions.Logging;

namespace KpiMetrics.Worker.Api;

/// <summary>Every line the API logs, 6xxx. Tokens are named by their numbers; no secret comes here.</summary>
internal static partial class ApiLog
{
    [LoggerMessage(
        6001,
        LogLevel.Information,
        "{Set}: push {Key} of token {Token} ({Agency}): {Rows} rows, {Recorded} recorded, {Repeated} repeated, {Refused} refused"
    )]
    internal static partial void Pushed(
        ILogger logger,
        string set,
        string key,
        long token,
        string agency,
        int rows,
        int recorded,
        int repeated,
        int refused
    );

    [LoggerMessage(6002, LogLevel.Warning, "{Method} {Path} from {Address}, token {Token}: {Status} {Code}")]
    internal static partial void Refused(
        ILogger logger,
        string method,
        string path,
        string address,
        long? token,
        int status,
        string code
    );

    [LoggerMessage(6003, LogLevel.Error, "{Method} {Path}: the ledger cannot be used: {Fault}")]
    internal static partial void LedgerUnavailable(ILogger logger, string method, string path, string fault);

    [LoggerMessage(6004, LogLevel.Error, "{Method} {Path}: not foreseen")]
    internal static partial void NotForeseen(ILogger logger, Exception fault, string method, string path);

    [LoggerMessage(6005, LogLevel.Information, "{Set}: push {Key} of token {Token}: answered again")]
    internal static partial void Replayed(ILogger logger, string set, string key, long token);
}
