namespace KpiMetrics.Core.Catalog;

/// <summary>What became of which area, and which lies in which, by identity; built once from checked areas.</summary>
/// <remarks>
/// Predecessors are resolved on the day before the later area began, parents on the first day of the child. A child that outlives its
/// parent goes on in the parent's successor; where the parent was divided, in that successor which bears the parent's code; where
/// none does, the child has no known parent from then on.
/// </remarks>
internal sealed class AreaLineage
{
    private static readonly Node Unknown = new();

    private readonly Dictionary<AreaKey, Node> nodes = [];

    public AreaLineage(IReadOnlyList<Area> areas, AreaIndex index)
    {
        foreach (var area in areas)
            nodes.TryAdd(AreaKey.Of(area), new());
        var links = new List<(Area Later, Area Earlier, decimal? Weight)>();
        foreach (var area in areas)
        {
            foreach (var part in area.Predecessors)
            {
                if (index.FindBefore(area, part.Code) is { } earlier)
                    links.Add((area, earlier, part.Weight));
            }
        }
        var successors = links.ToLookup(link => AreaKey.Of(link.Earlier));
        foreach (var (later, earlier, stated) in links)
        {
            var wentWhole = earlier.To is not null && successors[AreaKey.Of(earlier)].Take(2).Count() == 1;
            var weight = stated ?? (wentWhole ? 1m : null);
            NodeOf(later).AddOrigin(new(earlier, weight));
            NodeOf(earlier).AddSuccessor(new(later, weight));
        }
        foreach (var area in areas)
            AddToParents(area, index);
    }

    public IReadOnlyList<AreaOrigin> OriginsOf(Area area) => NodeOf(area).Origins;

    public IReadOnlyList<AreaOrigin> SuccessorsOf(Area area) => NodeOf(area).Successors;

    public bool IsSameOrEarlier(Area later, Area earlier)
    {
        if (AreaKey.Of(later) == AreaKey.Of(earlier))
            return true;
        // A predecessor begins before its successor: nothing older than the one looked for need be followed.
        foreach (var origin in OriginsOf(later))
        {
            if (origin.Area.From >= earlier.From && IsSameOrEarlier(origin.Area, earlier))
                return true;
        }
        return false;
    }

    /// <summary>The area, then its predecessors at any depth.</summary>
    public IEnumerable<Area> SameAndEarlier(Area area) =>
        OriginsOf(area).SelectMany(origin => SameAndEarlier(origin.Area)).Prepend(area).DistinctBy(AreaKey.Of);

    public Area? ParentOf(Area area, DateOnly day)
    {
        foreach (var parent in NodeOf(area).Parents)
        {
            if (parent.IsValidOn(day))
                return parent;
        }
        return null;
    }

    public IEnumerable<Area> ChildrenOf(Area parent, DateOnly day) =>
        parent.IsValidOn(day) ? NodeOf(parent).Children.Where(child => child.IsValidOn(day)) : [];

    public IReadOnlyList<Area> ParentsOf(Area area) => NodeOf(area).Parents;

    public IReadOnlyList<Area> EverWithin(Area parent) => NodeOf(parent).Children;

    private void AddToParents(Area area, AreaIndex index)
    {
        if (area.Parent is not { } code)
            return;
        var parent = index.Find(code, area.From);
        while (parent is not null)
        {
            NodeOf(area).AddParent(parent);
            NodeOf(parent).AddChild(area);
            parent = parent.To is { } end && (area.To is not { } last || last > end) ? Heir(parent, code) : null;
        }
    }

    private Area? Heir(Area parent, string code)
    {
        var successors = SuccessorsOf(parent);
        return successors.Count == 1
            ? successors[0].Area
            : successors.FirstOrDefault(successor => successor.Area.Code == code)?.Area;
    }

    private Node NodeOf(Area area) => nodes.GetValueOrDefault(AreaKey.Of(area), Unknown);

    // Most areas have one parent and nothing else: the lists are made when something goes into them.
    private sealed class Node
    {
        private List<AreaOrigin>? origins;
        private List<AreaOrigin>? successors;
        private List<Area>? parents;
        private List<Area>? children;

        public IReadOnlyList<AreaOrigin> Origins => origins ?? [];

        public IReadOnlyList<AreaOrigin> Successors => successors ?? [];

        public IReadOnlyList<Area> Parents => parents ?? [];

        public IReadOnlyList<Area> Children => children ?? [];

        public void AddOrigin(AreaOrigin origin) => (origins ??= new(2)).Add(origin);

        public void AddSuccessor(AreaOrigin successor) => (successors ??= new(1)).Add(successor);

        public void AddParent(Area parent) => (parents ??= new(1)).Add(parent);

        public void AddChild(Area child) => (children ??= []).Add(child);
    }
}
