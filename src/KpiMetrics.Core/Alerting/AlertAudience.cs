namespace KpiMetrics.Core.Alerting;

/// <summary>Who hears of an alert; those before hear of it too.</summary>
public enum AlertAudience
{
    /// <summary>Who looks after the engine and its sources; never anybody else.</summary>
    Operations,

    /// <summary>The office that must report.</summary>
    Office,

    /// <summary>The head of that office.</summary>
    Head,

    /// <summary>The provincial office.</summary>
    Province,
}
