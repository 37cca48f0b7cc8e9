using Npgsql;
using static System.FormattableString;

namespace KpiMetrics.Pipeline.Sources.Sql;

/// <summary>Reads a result into rows, no more of it than is allowed.</summary>
internal sealed class SqlRows(SqlSourceOptions options, SourceQuestion question, DateTimeOffset now)
{
    private const int LongestCell = 64 * 1024;
    private const int MostCharacters = 64 * 1024 * 1024;

    private readonly char[] buffer = new char[LongestCell + 1];
    private long characters;

    /// <param name="reader">Gives every value as PostgreSQL's own text, field after field.</param>
    /// <exception cref="BrokenReportException">The result has other columns than an import, or is too large.</exception>
    public async Task<IReadOnlyList<SourceReport>> ReadAsync(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        var columns = SqlColumns.Of(reader, options.Name, question);
        var names = columns.InOrder.ToList();
        var types = names.Select((_, at) => reader.GetDataTypeName(at)).ToList();
        var rows = new List<StatedRow>();
        while (await reader.ReadAsync(cancellationToken))
        {
            if (rows.Count == options.MaxRows)
                throw Broken(Invariant($"more than {options.MaxRows} rows; raise max_rows if that is right"));
            var cells = new Dictionary<string, RawCell>(StringComparer.Ordinal);
            for (var i = 0; i < names.Count; i++)
            {
                var text = await reader.IsDBNullAsync(i, cancellationToken)
                    ? null
                    : await TextAsync(reader, i, names[i], cancellationToken);
                cells[names[i]] = SqlCell.Of(names[i], text, types[i], question.First.Frequency);
            }
            rows.Add(Stated(Row(rows.Count + 1, cells), cells));
        }
        return StatedTime.Reports(rows);
    }

    private async Task<string> TextAsync(NpgsqlDataReader reader, int column, string name, CancellationToken cancellationToken)
    {
        using var text = await reader.GetTextReaderAsync(column, cancellationToken);
        var length = await text.ReadBlockAsync(buffer, cancellationToken);
        characters += length;
        if (length > LongestCell)
            throw Broken(Invariant($"a {name} with more than {LongestCell} characters"));
        if (characters > MostCharacters)
            throw Broken(Invariant($"more than {MostCharacters} characters"));
        return new(buffer, 0, length);
    }

    private StatedRow Stated(RawRow row, Dictionary<string, RawCell> cells) =>
        cells.TryGetValue(SqlColumns.StatedAt, out var stated) ? StatedTime.Of(row, stated.Text, now) : new(row, null);

    private RawRow Row(int number, Dictionary<string, RawCell> cells) =>
        new(number)
        {
            Indicator = cells.GetValueOrDefault("indicator", Asked(question.Indicator)),
            Measure = cells.GetValueOrDefault("measure", RawCell.Empty),
            Subject = cells.GetValueOrDefault("subject", RawCell.Empty),
            Area = cells.GetValueOrDefault("area", RawCell.Empty),
            Period = cells.GetValueOrDefault("period", Asked(question.First.ToString())),
            Value = cells.GetValueOrDefault("value", RawCell.Empty),
            Status = cells.GetValueOrDefault("status", RawCell.Empty),
            Vintage = cells.GetValueOrDefault("vintage", RawCell.Empty),
            Note = cells.GetValueOrDefault("note", RawCell.Empty),
            Unit = cells.GetValueOrDefault("unit", RawCell.Empty),
            Agency = cells.GetValueOrDefault("agency", RawCell.Empty),
        };

    private static RawCell Asked(string text) => new(text, CellKind.Text, "");

    private BrokenReportException Broken(string what) => new($"source {options.Name}: the query's result has {what}");
}
