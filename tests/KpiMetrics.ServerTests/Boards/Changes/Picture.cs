using System.Globalization;
using KpiMetrics.ServerTests.Boards.Oracles;

namespace KpiMetrics.ServerTests.Boards.Changes;

/// <summary>What a panel showed at one time.</summary>
internal sealed class Picture(IReadOnlyList<Frame> frames)
{
    public IEnumerable<IReadOnlyDictionary<string, object?>> Rows => frames.SelectMany(frame => frame.Records);

    /// <summary>The one number of a panel.</summary>
    public double Number => Convert.ToDouble(Assert.Single(Assert.Single(frames).Rows)[0], CultureInfo.InvariantCulture);

    /// <summary>The rows in which these columns say this.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, object?>> Where(params (string Column, string Text)[] key) =>
        [
            .. Rows.Where(row =>
                Array.TrueForAll(key, one => row.TryGetValue(one.Column, out var cell) && Cells.Text(cell) == one.Text)
            ),
        ];

    /// <summary>A cell of the one row in which these columns say this, as text; <c>none</c> where there is no such row.</summary>
    public string Cell(string column, params (string Column, string Text)[] key) =>
        Where(key) is [var row] ? Cells.Text(row.GetValueOrDefault(column)) : "none";

    /// <summary>The same as a number; 0 where there is no such row.</summary>
    public double NumberOf(string column, params (string Column, string Text)[] key) =>
        Where(key) is [var row] ? Convert.ToDouble(row.GetValueOrDefault(column), CultureInfo.InvariantCulture) : 0;

    /// <summary>What a course shows last.</summary>
    public string Last(string field) =>
        Cells.Text(Rows.LastOrDefault(row => row.GetValueOrDefault(field) is not null)?.GetValueOrDefault(field));

    public override string ToString() => string.Join('\n', frames.SelectMany(frame => frame.Rows).Select(row => Cells.Row(row)));
}
