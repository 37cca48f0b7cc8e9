namespace KpiMetrics.Pipeline.Alerting.Alertmanager;

/// <summary>Which Alertmanagers are told of alerts, and how often. Checked by <see cref="Faults"/>.</summary>
public sealed class AlertmanagerOptions
{
    /// <summary>The configuration section these are bound from.</summary>
    public const string Section = "Alerting";

    /// <summary>Their addresses, <c>http://127.0.0.1:9093</c>, all of which are told everything. Default none: alerts are in the ledger, the API and the boards alone.</summary>
    public IReadOnlyList<string> Alertmanagers { get; set; } = [];

    /// <summary>The address of Grafana as its users type it, for links in messages. Default none.</summary>
    public string? BoardUrl { get; set; }

    /// <summary>How often it is looked what should fire, in seconds. Default 10, 1..3600.</summary>
    public int PollSeconds { get; set; } = 10;

    /// <summary>How often what holds is sent again though nothing changed, in seconds. Default 60, 1..3600.</summary>
    public int ResendSeconds { get; set; } = 60;

    /// <summary>For how long an Alertmanager believes what it was told, in seconds; longer than a worker needs to be started anew. Default 900, 10..86400, at least three times <see cref="ResendSeconds"/>.</summary>
    public int HoldSeconds { get; set; } = 900;

    /// <summary>For how long a source must have failed before anybody is told, in seconds; 0 tells at once. Default 300, 0..86400.</summary>
    public int SettleSeconds { get; set; } = 300;

    /// <summary>How long one request may take, in seconds. Default 10, 1..600.</summary>
    public int TimeoutSeconds { get; set; } = 10;

    /// <summary>What is wrong, a line each; secrets are not repeated.</summary>
    public IEnumerable<string> Faults()
    {
        foreach (var (place, address) in Alertmanagers.Index())
        {
            if (!IsAddress(address))
                yield return $"{Section}:Alertmanagers:{place} is no address; write one such as http://127.0.0.1:9093, without a user.";
        }
        if (BoardUrl is { Length: > 0 } board && !IsAddress(board))
            yield return $"{Section}:BoardUrl is no address; write one such as https://bang-chi-so.example.gov.vn.";
        (string Name, int Value, int Least, int Most)[] numbers =
        [
            (nameof(PollSeconds), PollSeconds, 1, 3600),
            (nameof(ResendSeconds), ResendSeconds, 1, 3600),
            (nameof(HoldSeconds), HoldSeconds, 10, 86400),
            (nameof(SettleSeconds), SettleSeconds, 0, 86400),
            (nameof(TimeoutSeconds), TimeoutSeconds, 1, 600),
        ];
        foreach (var (name, value, least, most) in numbers)
        {
            if (value < least || value > most)
                yield return $"{Section}:{name} is {value}; allowed {least}..{most}.";
        }
        if (HoldSeconds < 3 * ResendSeconds)
            yield return $"{Section}:HoldSeconds is {HoldSeconds}; allowed: three times ResendSeconds ({ResendSeconds}) and more, or alerts end between two messages.";
    }

    private static bool IsAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.UserInfo.Length == 0;
}
