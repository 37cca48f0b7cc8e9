namespace KpiMetrics.ServerTests.Boards.Oracles;

/// <summary>One panel as a reader has it before his eyes, in a world in which the same can be asked elsewhere.</summary>
internal sealed class Sight(BoardWorld world, BoardFile board, BoardPanel panel)
{
    public BoardWorld World => world;

    public Roads Roads => world.Roads;

    public Decisions Decisions => world.Decisions;

    public BoardPanel Panel => panel;

    public string Key => KeyOf(board, panel);

    /// <summary>How many rows were compared.</summary>
    public int Compared { get; private set; }

    /// <summary>Now.</summary>
    public static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    public static string KeyOf(BoardFile board, BoardPanel panel) => $"{board.Uid}: {panel.Title}";

    public Task<BoardValues> OpenAsync(params (string Name, string Value)[] choices) => world.Reader.OpenAsync(board, choices);

    public Task<IReadOnlyList<Frame>> FramesAsync(BoardValues values) => world.Reader.ReadAsync(panel, values);

    public Task<Frame> TableAsync(BoardValues values) => world.Reader.TableAsync(panel, values);

    /// <summary>The rows are these, in any order, and the panel has no column besides.</summary>
    /// <param name="expected">Cells in the order of the columns.</param>
    public void Same(IEnumerable<object?[]> expected, Frame shown, params string[] columns)
    {
        Assert.Equal(columns.Order(StringComparer.Ordinal), shown.Columns.Order(StringComparer.Ordinal));
        Same([.. expected.Select(cells => Cells.Row(cells))], [.. Rows(shown, columns)]);
    }

    public void Same(IReadOnlyCollection<string> expected, IReadOnlyCollection<string> shown)
    {
        Cells.Same(expected, shown, Key);
        Compared += expected.Count;
    }

    /// <summary>The rows are these, the panel has no column besides, and the rows stand in the order of a key.</summary>
    public void SameInOrder<TKey>(
        IEnumerable<object?[]> expected,
        Frame shown,
        Func<IReadOnlyDictionary<string, object?>, TKey> by,
        params string[] columns
    )
    {
        Same(expected, shown, columns);
        var keys = shown.Records.Select(by).ToList();
        Assert.Equal(keys.Order(), keys);
    }

    /// <summary>A table that is cut after some rows: each of them must be, and as many as fit are there.</summary>
    public void SameUpTo(int limit, IReadOnlyCollection<object?[]> expected, Frame shown, params string[] columns)
    {
        if (expected.Count <= limit)
        {
            Same(expected, shown, columns);
            return;
        }
        Assert.Equal(columns.Order(StringComparer.Ordinal), shown.Columns.Order(StringComparer.Ordinal));
        Assert.Equal(limit, shown.Rows.Count);
        var all = expected.Select(cells => Cells.Row(cells)).ToHashSet(StringComparer.Ordinal);
        Assert.All(Rows(shown, columns), row => Assert.Contains(row, all));
        Compared += limit;
    }

    /// <summary>The one number of a panel.</summary>
    public async Task<object?> NumberAsync(BoardValues values) => Assert.Single(Assert.Single((await TableAsync(values)).Rows));

    public async Task NumberIsAsync(BoardValues values, object? expected)
    {
        Assert.Equal(Cells.Text(expected), Cells.Text(await NumberAsync(values)));
        Counted();
    }

    /// <summary>Something was compared by the oracle itself.</summary>
    public void Counted(int rows = 1) => Compared += rows;

    public static IEnumerable<string> Rows(Frame shown, params IReadOnlyList<string> columns) =>
        shown.Records.Select(record => Cells.Row(columns.Select(column => record[column])));
}
