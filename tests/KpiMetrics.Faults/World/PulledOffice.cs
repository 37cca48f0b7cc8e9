using System.Collections.Concurrent;
using System.Globalization;
using KpiMetrics.ServerTests.Servers;

namespace KpiMetrics.Faults.World;

/// <summary>An office that workers ask for its figures; it knows which of them asks, and lets the first one wait.</summary>
internal sealed class PulledOffice : IAsyncDisposable
{
    public const string Set = "keo";
    private const string Indicator = "KE-A01";
    private const int Communes = 5;

    private readonly OfficeServer server;
    private readonly TaskCompletionSource<(int Worker, string Question)> held = new(
        TaskCreationOptions.RunContinuationsAsynchronously
    );
    private volatile bool isLetGo;

    public PulledOffice() => server = new(AnswerAsync);

    /// <summary>Which worker waits, and for the answer to what.</summary>
    public Task<(int Worker, string Question)> Held => held.Task;

    /// <summary>Who was answered what, in order.</summary>
    public ConcurrentQueue<(int Worker, string Question)> Answered { get; } = [];

    /// <summary>From now on nobody waits; who waits goes on waiting.</summary>
    public void LetGo() => isLetGo = true;

    /// <summary>Writes the set, and of each worker how it is asked.</summary>
    public void Write(string sets, IEnumerable<(int Worker, string Data)> workers, DateOnly since)
    {
        File.WriteAllText(
            Path.Combine(sets, $"{Set}.yaml"),
            FormattableString.Invariant(
                $$"""
                set: {{Set}}
                name: Bộ chỉ số kéo
                authority: UBND tỉnh Kéo
                decision: 3/QĐ-UBND
                date: {{since:yyyy-MM-dd}}
                prefix: KE
                areas: {level: commune, within: "95"}
                regime:
                  - {from: {{since:yyyy-MM-dd}}, windows: calendar}
                groups:
                  - code: A
                    name: NHÓM A
                    indicators:
                      - code: {{Indicator}}
                        number: "1"
                        name: Chỉ số kéo
                        agency: Sở Kéo
                        frequencies: [D]
                        measures:
                          - {code: {{Indicator}}.01, name: Sản lượng, unit: Tấn, kind: flow, aggregation: sum}

                """
            )
        );
        var areas = Enumerable
            .Range(95001, Communes)
            .Select(code => $"  - {{code: \"{code}\", name: Xã {code}, level: commune, from: 2004-01-01, parent: \"95\"}}\n");
        File.WriteAllText(
            Path.Combine(sets, "areas", $"{Set}.yaml"),
            "areas:\n  - {code: \"95\", name: Tỉnh Kéo, level: province, from: 2004-01-01, parent: VN}\n" + string.Concat(areas)
        );
        foreach (var (worker, data) in workers)
        {
            Directory.CreateDirectory(data);
            File.WriteAllText(Path.Combine(data, "site.yaml"), Site(worker));
        }
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    private string Site(int worker) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $$"""
            sources:
              - kind: http
                name: keo
                set: {{Set}}
                indicators: [{{Indicator}}]
                url: {{server.Url}}/{{worker}}/{indicator}?ky={period}
                columns: {indicator: $.chiTieu, measure: $.ma, area: $.diaBan, value: $.giaTri}
                timeout_seconds: 60

            """
        );

    private async Task AnswerAsync(OfficeRequest request)
    {
        var worker = int.Parse(request.Target.Split('/')[1], CultureInfo.InvariantCulture);
        if (!isLetGo)
        {
            held.TrySetResult((worker, request.Period));
            if ((await held.Task).Worker == worker)
                await request.HangAsync();
        }
        await request.SayAsync(Rows());
        Answered.Enqueue((worker, request.Period));
    }

    private static string Rows() =>
        "["
        + string.Join(
            ',',
            Enumerable
                .Range(95001, Communes)
                .Select(code => $$"""{"chiTieu":"{{Indicator}}","ma":"{{Indicator}}.01","diaBan":"{{code}}","giaTri":5}""")
        )
        + "]";
}
