using System.ComponentModel.DataAnnotations;

namespace KpiMetrics.Worker.Composition;

/// <summary>The folders that files are dropped into: <c>DATA/inbox/SET</c>.</summary>
public sealed class InboxOptions
{
    /// <summary>How often the folders are looked at, in seconds. Default 2, 1..3600.</summary>
    [Range(1, 3600)]
    public int PollSeconds { get; set; } = 2;

    /// <summary>How long a file must have lain still before it is read, in seconds; 0 reads at once. Default 1, 0..3600.</summary>
    [Range(0, 3600)]
    public int SettleSeconds { get; set; } = 1;

    /// <summary>How numbers are written where a file does not say: <c>vi</c>, <c>en</c>, or empty (default) for only those that can be read one way.</summary>
    [RegularExpression("^(vi|en)?$")]
    public string Locale { get; set; } = "";
}
