namespace KpiMetrics.ServerTests.Boards.Changes;

/// <summary>A correction, late reports, an emergency, merged areas and alerts that are dealt with, all in one run of a worker: what boards showed before and after.</summary>
internal sealed class BoardChanges
{
    private readonly Dictionary<Witness, (Picture Before, Picture After)> seen = new(ReferenceEqualityComparer.Instance);
    private readonly IReadOnlyList<Story> stories =
    [
        new Correction(),
        new LateReport(),
        new EmergencyDeclared(),
        new MergedArea(),
        new AlertDealtWith(),
    ];

    private BoardChanges() { }

    public static async Task<BoardChanges> HappenAsync(BoardWorld world)
    {
        var changes = new BoardChanges();
        foreach (var story in changes.stories)
            await story.ChooseAsync(world);
        var before = new Dictionary<Witness, Picture>(ReferenceEqualityComparer.Instance);
        var witnesses = changes.stories.SelectMany(story => story.Witnesses).ToList();
        foreach (var witness in witnesses)
            before[witness] = await witness.LookAsync(world);
        foreach (var story in changes.stories)
            await story.HappenAsync(world);
        await world.PublishAsync(async () =>
        {
            foreach (var story in changes.stories)
            {
                if (!await story.HasHappenedAsync(world))
                    return false;
            }
            return true;
        });
        foreach (var witness in witnesses)
            changes.seen[witness] = (before[witness], await witness.LookAsync(world));
        return changes;
    }

    /// <summary>Every panel that must show it does.</summary>
    /// <returns>How many.</returns>
    public async Task<int> CheckAsync<T>(BoardWorld world)
        where T : Story
    {
        var story = stories.OfType<T>().Single();
        await story.CheckAsync(world);
        Assert.Multiple([
            .. story.Witnesses.Select(witness => (Action)(() => witness.Check(seen[witness].Before, seen[witness].After))),
        ]);
        return story.Witnesses.Count;
    }
}
