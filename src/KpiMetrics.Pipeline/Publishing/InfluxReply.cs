using System.Net;
using System.Text.Json;

namespace KpiMetrics.Pipeline.Publishing;

/// <summary>What a server answered.</summary>
/// <param name="Where">Method and address, without query: what a message may name.</param>
internal sealed record InfluxReply(HttpStatusCode Status, string Body, string Where)
{
    private const int LongestReason = 300;

    public bool IsDone => (int)Status is >= 200 and < 300;

    /// <summary>The server's own words, on one line, at most 300 characters; never empty.</summary>
    public string Reason
    {
        get
        {
            var text = Json("error") ?? Json("message") ?? Body;
            var line = text.ReplaceLineEndings(" ").Trim();
            if (line.Length > LongestReason)
                line = $"{line[..LongestReason]}...";
            return line.Length > 0 ? line : $"HTTP {(int)Status}";
        }
    }

    /// <summary>The text under a name of the answer's JSON object; null where the answer is none or lacks it.</summary>
    public string? Json(string name)
    {
        try
        {
            using var answer = JsonDocument.Parse(Body);
            return
                answer.RootElement.ValueKind == JsonValueKind.Object
                && answer.RootElement.TryGetProperty(name, out var found)
                && found.ValueKind == JsonValueKind.String
                ? found.GetString()
                : null;
        }
        catch (JsonException)
        {
            return null; // not JSON: a proxy's page, or a store that answers in plain text
        }
    }

    /// <summary>What an answer that is no success means: settings that are wrong, or a server that cannot work now.</summary>
    public Exception Fault() =>
        (int)Status switch
        {
            401 or 403 => new InfluxRefusedException(
                $"InfluxDB at {Where} refuses the credentials ({(int)Status}): {Reason}. Check {InfluxOptions.Section}:User and Password, or Token."
            ),
            404 => new InfluxRefusedException(
                $"InfluxDB at {Where} has no such database, bucket or address (404): {Reason}. Check {InfluxOptions.Section}:Url, Version, Database, Org and Bucket."
            ),
            >= 300 and < 400 => new InfluxRefusedException(
                $"InfluxDB at {Where} sends us elsewhere ({(int)Status}); set {InfluxOptions.Section}:Url to where it really is."
            ),
            408 or 429 or >= 500 => new InfluxUnavailableException(
                $"InfluxDB at {Where} cannot work now ({(int)Status}): {Reason}"
            ),
            _ => new InfluxRefusedException($"InfluxDB at {Where} does not take the request ({(int)Status}): {Reason}"),
        };
}
