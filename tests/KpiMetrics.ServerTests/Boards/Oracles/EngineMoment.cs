using System.Globalization;
using System.Text.Json;
using KpiMetrics.ServerTests.Support;

namespace KpiMetrics.ServerTests.Boards.Oracles;

/// <summary>One moment of a worker that lives and has nothing to do: what the operations board shows, and what the worker's API says.</summary>
internal sealed class EngineMoment
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);
    private static readonly HttpClient Http = new();

    private readonly Dictionary<string, IReadOnlyList<Frame>> frames;
    private readonly Dictionary<string, double> metrics;
    private readonly bool nobodyWasAsked;

    private EngineMoment(
        Dictionary<string, IReadOnlyList<Frame>> frames,
        Dictionary<string, double> metrics,
        IReadOnlyList<JsonElement> sources,
        bool nobodyWasAsked,
        long memory
    )
    {
        (this.frames, this.metrics, this.nobodyWasAsked) = (frames, metrics, nobodyWasAsked);
        (Sources, Memory) = (sources, memory);
    }

    /// <summary>Objects of <c>/api/v1/sources</c>.</summary>
    public IReadOnlyList<JsonElement> Sources { get; }

    /// <summary>Of the process, as Linux says, in bytes.</summary>
    public long Memory { get; }

    /// <summary>Waits until the worker writes a reading while nothing waits, and nothing changes while all is read.</summary>
    public static Task<EngineMoment> TakeAsync(BoardReader reader, WorkerProcess worker, CancellationToken token)
    {
        var begins = TimeProvider.System.GetUtcNow();
        return Eventually.SeesAsync(
            "a quiet engine",
            () => LookAsync(reader, worker, token),
            moment => moment.IsSteady(begins),
            Patience,
            token,
            () => worker.Said
        );
    }

    public IReadOnlyList<Frame> Frames(string title) => frames[title];

    /// <summary>The one number of a panel.</summary>
    public object? Number(string title) => Assert.Single(Assert.Single(Assert.Single(frames[title]).Rows));

    /// <summary>A line of <c>/metrics</c>, with its labels as they are written there; null where there is none.</summary>
    public double? Metric(string line) => metrics.TryGetValue(line, out var value) ? value : null;

    /// <summary>The value of a label of the one line of a metric.</summary>
    public string Label(string metric, string label)
    {
        var line = metrics.Keys.Single(key => key.StartsWith($"{metric}{{", StringComparison.Ordinal));
        var begins = line.IndexOf($"{label}=\"", StringComparison.Ordinal) + label.Length + 2;
        return line[begins..line.IndexOf('"', begins)];
    }

    public override string ToString() =>
        $"claims {Frames("Việc đang làm")[0].Rows.Count} of {Metric("kpi_claims_held")}, waiting {Metric("kpi_outbox_waiting")}, "
        + $"overdue {Last("Quá hạn")} of {Metric("kpi_obligations_overdue")}, waiting last {Last("Chờ lên bảng")}";

    /// <summary>What a course shows last; null where it shows nothing.</summary>
    public object? Last(string title) => NewestOf(title)?.Rows[^1][^1];

    private Frame? NewestOf(string title) => frames[title].LastOrDefault(frame => frame.Rows.Count > 0);

    private bool IsSteady(DateTimeOffset begins) =>
        nobodyWasAsked
        && NewestOf("Chờ lên bảng") is { } waiting
        && (DateTime)waiting.Rows[^1][0]! > begins.UtcDateTime
        && waiting.Rows[^1][^1] is 0.0
        && Metric("kpi_outbox_waiting") == 0
        && Frames("Việc đang làm")[0].Rows.Count == Metric("kpi_claims_held")
        && Convert.ToDouble(Last("Quá hạn"), CultureInfo.InvariantCulture) == Metric("kpi_obligations_overdue");

    private static async Task<EngineMoment> LookAsync(BoardReader reader, WorkerProcess worker, CancellationToken token)
    {
        var api = await worker.ApiAsync(Installation.Patience, token);
        var board = BoardFile.Of(EngineOracles.Uid);
        var values = await reader.OpenAsync(board);
        var before = await SourcesAsync(api, token);
        var shown = new Dictionary<string, IReadOnlyList<Frame>>(StringComparer.Ordinal);
        foreach (var panel in board.Panels)
            shown[panel.Title] = await reader.ReadAsync(panel, values);
        var page = await Http.GetStringAsync(new Uri(api, "metrics"), token);
        var after = await SourcesAsync(api, token);
        var told = page.Split('\n')
            .Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => line.Split(' '))
            .ToDictionary(
                line => string.Join(' ', line[..^1]),
                line => line[^1] == "+Inf" ? double.PositiveInfinity : double.Parse(line[^1], CultureInfo.InvariantCulture),
                StringComparer.Ordinal
            );
        var isSame = before.Select(Asked).SequenceEqual(after.Select(Asked), StringComparer.Ordinal);
        return new(shown, told, after, isSame, worker.UsedMemory);
    }

    private static async Task<IReadOnlyList<JsonElement>> SourcesAsync(Uri api, CancellationToken token)
    {
        var sources = JsonElement.Parse(await Http.GetStringAsync(new Uri(api, "api/v1/sources"), token));
        return [.. sources.EnumerateArray()];
    }

    private static string Asked(JsonElement source) => source.GetProperty("asked").GetRawText();
}
