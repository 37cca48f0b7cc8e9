using FsCheck;
using FsCheck.Fluent;
using KpiMetrics.Core.Alerting;
using static KpiMetrics.Tests.Alerting.AlertWorld;

namespace KpiMetrics.Tests.Alerting;

/// <summary>Rounds of two workers and people in any order, with what they read as old as can be: nothing is double, nothing is lost, and the events tell it all.</summary>
public sealed class AlertRoundProperties
{
    private const int Keys = 5; // the first is an outage, which may hold back the others

    private static readonly Gen<(int What, int Key, int Detail)> Action =
        from what in Gen.Choose(0, 9)
        from key in Gen.Choose(0, Keys - 1)
        from detail in Gen.Choose(0, 5)
        select (what, key, detail);

    [Fact]
    public void Rounds_InAnyOrder_LoseAndDoubleNothing() =>
        Prop.ForAll(
                Gen.Choose(0, 60).SelectMany(size => Action.ArrayOf(size)).ToArbitrary(),
                actions =>
                {
                    var world = new World();
                    foreach (var action in actions)
                        world.Do(action);
                    world.Settle();
                    return world.Faults() is { Count: > 0 } faults
                        ? throw new Xunit.Sdk.XunitException(string.Join('\n', faults))
                        : true;
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    /// <summary>What is so, what two workers have decided and not written yet, and a ledger that keeps of two events with one number the first.</summary>
    private sealed class World
    {
        private readonly Concern?[] holding = new Concern?[Keys];
        private readonly Dictionary<string, Evidence> evidence = [];
        private readonly IReadOnlyList<AlertEvent>[] decided =
        [
            [],
            [],
        ];
        private readonly Dictionary<string, Alert> kept = [];
        private readonly Dictionary<string, List<AlertEvent>> history = [];
        private DateTimeOffset now = Noon;

        public void Do((int What, int Key, int Detail) action)
        {
            now = now.AddMinutes(17);
            var (what, key, detail) = action;
            switch (what)
            {
                case 0 or 1:
                    holding[key] = Seen(key, detail);
                    evidence.Remove(KeyOf(key));
                    break;
                case 2 or 3:
                    holding[key] = null; // with proof, or without
                    if (detail > 1)
                        evidence[KeyOf(key)] = new(now, "đã nhận");
                    break;
                case 4 or 5:
                    decided[detail % 2] = Decide();
                    break;
                case 6 or 7:
                    Keep(decided[detail % 2]);
                    break;
                default:
                    Person(KeyOf(key), detail);
                    break;
            }
        }

        public void Settle()
        {
            now = now.AddMinutes(1);
            Keep(Decide());
        }

        public List<string> Faults()
        {
            var faults = new List<string>();
            if (Decide() is { Count: > 0 } more)
                faults.Add($"a second round would still do {string.Join(", ", more.Select(one => $"{one.Key} {one.Step}"))}");
            for (var key = 0; key < Keys; key++)
            {
                var alert = kept.GetValueOrDefault(KeyOf(key));
                if (holding[key] is not null && alert is not { IsLive: true })
                    faults.Add($"{KeyOf(key)} is lost");
                var isProven = evidence.TryGetValue(KeyOf(key), out var proof) && !(proof.At <= alert?.DoubtedAt);
                if (holding[key] is null && alert is { IsLive: true } && isProven)
                    faults.Add($"{KeyOf(key)} stays open though it is proven");
            }
            foreach (var (key, events) in history)
            {
                if (!events.Select(one => one.Number).SequenceEqual(Enumerable.Range(1, events.Count)))
                    faults.Add($"{key} has events {string.Join(' ', events.Select(one => one.Number))}");
                if (events.Count(one => one.Step == AlertStep.Fired) != 1)
                    faults.Add($"{key} fired more than once");
                if (AlertLife.Replay(events) != kept[key])
                    faults.Add($"{key}: its events do not tell how it stands");
            }
            return faults;
        }

        private IReadOnlyList<AlertEvent> Decide()
        {
            var concerns = holding.OfType<Concern>().ToList();
            var seen = concerns.Select(one => one.Key).ToHashSet();
            return Round.Decide(
                [.. kept.Values.Where(alert => alert.IsLive || seen.Contains(alert.Key) || alert.Key == KeyOf(0))],
                concerns,
                new Dictionary<string, Evidence>(evidence),
                now
            );
        }

        private void Keep(IReadOnlyList<AlertEvent> events)
        {
            foreach (var one in events)
            {
                var alert = kept.GetValueOrDefault(one.Key);
                if (one.Number != (alert?.Steps ?? 0) + 1 || AlertLife.Refusal(alert, one.Step) is not null)
                    continue;
                kept[one.Key] = AlertLife.Apply(alert, one);
                history.TryAdd(one.Key, []);
                history[one.Key].Add(one);
            }
        }

        private void Person(string key, int detail)
        {
            if (!kept.TryGetValue(key, out var alert))
                return;
            var step = detail switch
            {
                < 2 => AlertStep.Acknowledged,
                < 4 => AlertStep.Explained,
                _ => AlertStep.Reopened,
            };
            if (AlertLife.Refusal(alert, step) is null)
                Keep([new(key, alert.Steps + 1, now, step, "an", "lý do")]);
        }

        private static Concern Seen(int key, int detail)
        {
            if (key == 0)
                return Outage("2026-11-20 08:00") with { Severity = (AlertSeverity)(detail % 3) };
            var kind = detail % 2 == 0 ? AlertKind.Overdue : AlertKind.Missing;
            var late = Late("2026-10", "2026-11-05 17:00", kind: kind) with { Key = KeyOf(key) };
            return detail < 3 ? late with { HeldBy = KeyOf(0) } : late;
        }

        private static string KeyOf(int key) => key == 0 ? "source:so-mot/lc" : $"lc/LC-A01/M/2026-10/{key}";
    }
}
