namespace KpiMetrics.Pipeline.Alerting.Alertmanager;

/// <summary>An alert as Alertmanager is told of it. Two with the same labels are one to it.</summary>
/// <param name="Labels">Without empty values.</param>
internal sealed record AlertPost(
    IReadOnlyDictionary<string, string> Labels,
    IReadOnlyDictionary<string, string> Annotations,
    DateTimeOffset StartsAt
)
{
    /// <summary>The same for the same labels.</summary>
    public string Identity { get; } =
        string.Join(
            '\n',
            Labels.OrderBy(label => label.Key, StringComparer.Ordinal).Select(label => $"{label.Key}={label.Value}")
        );

    public bool SaysTheSame(AlertPost other) =>
        Identity == other.Identity
        && Annotations.Count == other.Annotations.Count
        && Annotations.All(one => other.Annotations.TryGetValue(one.Key, out var text) && text == one.Value);
}
