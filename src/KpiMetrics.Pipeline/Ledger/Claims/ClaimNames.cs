using KpiMetrics.Core.Obligations;

namespace KpiMetrics.Pipeline.Ledger.Claims;

/// <summary>How claims are named. Workers of two builds know each other's.</summary>
public static class ClaimNames
{
    /// <summary>Who creates obligations.</summary>
    public const string Obligations = "obligations";

    /// <summary>Who holds reported figures against each other and keeps what is found.</summary>
    public const string Checks = "checks";

    /// <summary>Who looks after alerts and tells Alertmanager of them.</summary>
    public const string Alerts = "alerts";

    /// <summary>Who fills the ledger with the demo's history.</summary>
    public const string DemoHistory = "demo-history";

    /// <summary>Who starts just now.</summary>
    public const string Start = "start";

    private const string Duties = "duty/";
    private const string Workers = "worker/";

    /// <summary>Who asks a source for figures of a duty.</summary>
    public static string OfDuty(Duty duty, string source) => $"{Duties}{duty}/{source}";

    /// <summary>Who runs: renewed while the worker does, and found expired where it was lost.</summary>
    public static string OfWorker(string holder) => Workers + holder;

    /// <summary>Who takes the files of an inbox.</summary>
    public static string OfInbox(string folder) => $"inbox/{folder}";

    public static bool IsWorker(string name) => name.StartsWith(Workers, StringComparison.Ordinal);

    /// <summary>The duty of <see cref="OfDuty"/>; null where the claim is of something else.</summary>
    public static Duty? DutyOf(string name)
    {
        if (!name.StartsWith(Duties, StringComparison.Ordinal))
            return null;
        var parts = name[Duties.Length..].Split('/', 4);
        return parts.Length == 4 && Duty.TryParse(string.Join('/', parts[..3]), out var duty) ? duty : null;
    }
}
