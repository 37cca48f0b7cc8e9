using KpiMetrics.Core.Catalog.Changes;
using KpiMetrics.Pipeline.Catalog;

namespace KpiMetrics.Tests.Catalog;

/// <summary>Events in set files: what is taken, what is refused on which line, how they are listed and compared, and what follows from a change of them.</summary>
public sealed class CatalogEventTests : IDisposable
{
    private const string Flood =
        "name: Bão số 10 (Bualoi), from: 2025-09-28, to: 2025-10-02, areas: [\"24\"], indicators: [DM-A01], origin: Công điện 183/CĐ-TTg";

    private const string Cold = "name: Rét hại, from: 2026-01-20, to: 2026-01-31, areas: [\"24\"]";

    private static readonly DateOnly Today = new(2026, 11, 20);

    private readonly CatalogFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Events_OfASet_AreReadAsWritten()
    {
        var events = folder.SetOf(Demo($"{{{Flood}}}", $"{{{Cold}}}")).Events;

        Assert.Equal(
            [
                "\"Bão số 10 (Bualoi)\" 2025-09-28 to 2025-10-02, areas 24, indicators DM-A01",
                "\"Rét hại\" 2026-01-20 to 2026-01-31, areas 24",
            ],
            events.Select(known => known.ToString())
        );
        Assert.Equal(["Công điện 183/CĐ-TTg", null], events.Select(known => known.Origin));
        Assert.Empty(folder.SetOf(CatalogFolder.Set).Events);
    }

    [Fact]
    public void Events_OfOneNameForOtherAreasOrIndicators_AreTaken() =>
        Assert.Empty(
            folder.FaultsOf(
                Demo(
                    $"{{{Flood}}}",
                    $"{{{Flood.Replace("[\"24\"]", "[VN]", StringComparison.Ordinal)}}}",
                    $"{{{Flood.Replace("indicators: [DM-A01], ", "", StringComparison.Ordinal)}}}"
                )
            )
        );

    [Theory]
    [InlineData("to: 2025-10-02", "to: 2025-09-27", "'to' 2025-09-27 lies before 'from' 2025-09-28")]
    [InlineData("to: 2025-10-02", "to: 2052-10-02", "lasts 9867 days; an event has at most 1098")]
    [InlineData(
        "to: 2025-10-02",
        "to: 2025-10",
        "'to' is '2025-10'; expected a day of the calendar from 1900 to 2199, such as 2026-01-31"
    )]
    [InlineData("to: 2025-10-02, ", "", "required key 'to' is missing")]
    [InlineData("areas: [\"24\"], ", "", "required key 'areas' is missing")]
    [InlineData(
        "areas: [\"24\"]",
        "areas: []",
        "'areas' is empty; an event names at least one, a province for all that lie in it"
    )]
    [InlineData("areas: [\"24\"]", "areas: [24]", "'areas' is the number 24; expected text, so write it in quotes")]
    [InlineData("areas: [\"24\"]", "areas: [\"99\"]", "'areas' names '99', which no area file has")]
    [InlineData(
        "from: 2025-09-28, to: 2025-10-02",
        "from: 2024-09-07, to: 2024-09-15",
        "'areas' names '24', which no area bears on 2024-09-07; it is Tỉnh Bắc Ninh from 2025-07-01 on"
    )]
    [InlineData(
        "indicators: [DM-A01]",
        "indicators: [DM-A02]",
        "'indicators' names 'DM-A02', which is no indicator of the set; left out, it concerns all"
    )]
    [InlineData(
        "origin: Công điện 183/CĐ-TTg",
        "origin: \" Công điện\"",
        "'origin' begins or ends with a blank; allowed is trimmed text"
    )]
    [InlineData(
        "indicators:",
        "indicator:",
        "unknown key 'indicator', did you mean 'indicators'; allowed: name, from, to, areas, indicators, origin"
    )]
    public void Event_Wrong_IsRefusedOnItsLine(string part, string wrong, string expected) =>
        Assert.Contains(
            $"9: event 'Bão số 10 (Bualoi)': {expected}",
            folder.FaultsOf(Demo($"{{{Flood.Replace(part, wrong, StringComparison.Ordinal)}}}"))
        );

    [Fact]
    public void Events_TheSameTwice_AreRefused() =>
        Assert.Equal(
            [
                "10: event 'Rét hại': an event of this name from 2026-01-20 on is there already for an area and indicator of this one",
            ],
            folder.FaultsOf(Demo($"{{{Cold}}}", $"{{{Cold}}}"))
        );

    [Fact]
    public void Text_OfASetWithEvents_NamesThem() =>
        Assert.Contains(
            "\nevent: \"Rét hại\" 2026-01-20 to 2026-01-31, areas 24\n",
            CatalogListing.ToText(folder.SetOf(Demo($"{{{Cold}}}"))),
            StringComparison.Ordinal
        );

    [Fact]
    public void Diff_EventsAddedChangedAndTakenOut_AreChangesOfTheSetAndOfNothingPast()
    {
        var old = folder.SetOf(Demo($"{{{Flood}}}", $"{{{Cold}}}"));
        var longer = Cold.Replace("2026-01-31", "2026-02-03", StringComparison.Ordinal);
        var heat = Cold.Replace("Rét hại", "Nắng nóng", StringComparison.Ordinal);
        var next = folder.SetOf(Demo($"{{{heat}}}", $"{{{longer}}}"));

        var found = CatalogChanges.Between([old], [next], Today);

        Assert.All(found, change => Assert.Equal((null, ChangeKind.Event, null), (change.Code, change.Change, change.Warning)));
        Assert.Equal(
            [
                ("\"Bão số 10 (Bualoi)\" 2025-09-28 to 2025-10-02, areas 24, indicators DM-A01", null),
                ("\"Rét hại\" 2026-01-20 to 2026-01-31, areas 24", "\"Rét hại\" 2026-01-20 to 2026-02-03, areas 24"),
                (null, "\"Nắng nóng\" 2026-01-20 to 2026-01-31, areas 24"),
            ],
            found.Select(change => (change.From, change.To))
        );
        Assert.Empty(CatalogChanges.Between([next], [next], Today));
    }

    /// <summary>Points follow from a set's file: where only its events are others, nothing is published again.</summary>
    [Theory]
    [InlineData(8)]
    [InlineData(24)]
    public void Fingerprint_OtherEvents_IsTheSame(int place)
    {
        var before = Fingerprint(CatalogFolder.Set);

        Assert.Equal(before, Fingerprint(With(place, "events:", $"  - {{{Flood}}}", "  # sau bão", $"  - {{{Cold}}}")));
        Assert.Equal(before, Fingerprint(With(place, "events:", $"- {{{Cold}}}")));
        Assert.Equal(before, Fingerprint(With(place, "events: []")));
    }

    [Theory]
    [InlineData("unit: Tấn, kind: flow", "unit: Tạ, kind: flow")]
    [InlineData("windows: calendar", "windows: cutoff-15")]
    [InlineData("events:", "note:")]
    public void Fingerprint_AnythingElse_IsAnother(string part, string other)
    {
        var set = With(8, "events:", $"  - {{{Cold}}}")
            .Replace("Sản lượng, kind", "Sản lượng, unit: Tấn, kind", StringComparison.Ordinal);

        Assert.NotEqual(Fingerprint(set), Fingerprint(set.Replace(part, other, StringComparison.Ordinal)));
    }

    // Not YAML, or events where nobody looks for them: all counts.
    [Theory]
    [InlineData("note: |\n  x\nevents: [", "note: |\n  y\nevents: [")]
    [InlineData("note: >\n  x\n  events: y", "note: >\n  x\n  events: z")]
    public void Fingerprint_EventsThatAreNotSure_Count(string one, string other) =>
        Assert.NotEqual(Fingerprint(With(8, one.Split('\n'))), Fingerprint(With(8, other.Split('\n'))));

    private string Fingerprint(string set)
    {
        folder.Write("set.yaml", set);
        return CatalogFingerprint.Of([folder.Root], Guid.Empty);
    }

    /// <summary>The small set with events, each on a line of its own from line 9 on.</summary>
    private static string Demo(params string[] events) => With(8, ["events:", .. events.Select(known => $"  - {known}")]);

    /// <summary>The small set with lines put in before one of its lines, counted from 1.</summary>
    private static string With(int line, params string[] added)
    {
        var lines = CatalogFolder.Set.Split('\n');
        return string.Join('\n', lines.Take(line - 1).Concat(added).Concat(lines.Skip(line - 1)));
    }
}
