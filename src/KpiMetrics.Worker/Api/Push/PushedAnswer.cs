namespace KpiMetrics.Worker.Api.Push;

/// <summary>The answer to a push, for the API's document: what writes it is <c>PushAnswer</c>.</summary>
/// <param name="Report">The report's number in the ledger; null in a dry run.</param>
internal sealed record PushedAnswer(
    long? Report,
    int Rows,
    int Recorded,
    int Repeated,
    int Refused,
    IReadOnlyList<PushedRowAnswer> Results
);
