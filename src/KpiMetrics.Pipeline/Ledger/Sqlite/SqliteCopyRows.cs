using System.Globalization;
using System.Text;
using System.Text.Unicode;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Ledger.Copying;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace KpiMetrics.Pipeline.Ledger.Sqlite;

/// <summary>The rows of a table, one after the other, each value looked at: SQLite itself keeps anything in any column.</summary>
internal sealed class SqliteCopyRows(SqliteCopySource source, SqliteConnection connection, CopiedTable table) : IDisposable
{
    private readonly SqliteRawStatement statement = new(connection, Select(table));
    private readonly int period = table.Columns.ToList().FindIndex(column => column.Name == "period");

    /// <returns>False where there is none any more.</returns>
    /// <exception cref="LedgerCopyException">A value is none that its column may have; the message says which.</exception>
    public bool Read(CopiedRow row)
    {
        if (!statement.Read())
            return false;
        row.Clear();
        for (var column = 0; column < table.Columns.Count; column++)
            Read(row, column, table.Columns[column].Kind);
        return true;
    }

    public void Dispose() => statement.Dispose();

    private void Read(CopiedRow row, int column, CopiedKind kind)
    {
        var found = statement.Kind(column);
        if (kind == CopiedKind.Year)
            row.Set(column, YearOf(row, column));
        else if (found == raw.SQLITE_NULL)
            row.SetNull(column);
        else if (found != KindOf(kind))
            throw Fault(row, column, "is of another kind");
        else if (kind is CopiedKind.Int or CopiedKind.Long)
            row.Set(column, Whole(row, column, kind));
        else
            ReadBytes(row, column, kind);
    }

    private void ReadBytes(CopiedRow row, int column, CopiedKind kind)
    {
        var value = statement.Bytes(column);
        if (kind == CopiedKind.Text && !Utf8.IsValid(value))
            throw Fault(row, column, "is no UTF-8 text");
        if (kind == CopiedKind.Digits)
            SetDigits(row, column, value);
        else if (kind == CopiedKind.Text && value.Contains((byte)0))
            SetWithoutNul(row, column, value);
        else
            row.Set(column, value);
    }

    // Only what decimals print, and PostgreSQL prints alike.
    private void SetDigits(CopiedRow row, int column, ReadOnlySpan<byte> digits)
    {
        const NumberStyles Styles = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;
        Span<byte> again = stackalloc byte[64];
        if (
            !decimal.TryParse(digits, Styles, CultureInfo.InvariantCulture, out var number)
            || !number.TryFormat(again, out var length, default, CultureInfo.InvariantCulture)
            || !again[..length].SequenceEqual(digits)
        )
            throw Fault(row, column, "is no number that this program writes");
        row.Set(column, digits);
    }

    // PostgreSQL has no text with this character, and whoever reads the file with it sees only what stands before.
    private void SetWithoutNul(CopiedRow row, int column, ReadOnlySpan<byte> text)
    {
        row.Set(column, Encoding.UTF8.GetString(text).Replace('\0', '\uFFFD'));
        source.ReplacedTexts++;
    }

    private long Whole(CopiedRow row, int column, CopiedKind kind)
    {
        var number = statement.Number(column);
        return kind == CopiedKind.Int && number is < int.MinValue or > int.MaxValue
            ? throw Fault(row, column, "is beyond 32 bits")
            : number;
    }

    private int YearOf(CopiedRow row, int column) =>
        FrequencyCode.TryParse(statement.TextOrNull(column), out var frequency)
            ? Period.FromIndex(frequency, (int)row.Number(period)).Year
            : throw Fault(row, column, "has no year, as there is no such series");

    private LedgerCopyException Fault(CopiedRow row, int column, string what)
    {
        for (var rest = column; rest < table.Columns.Count; rest++)
            row.SetNull(rest);
        return new($"The column {table.Columns[column].Name} of the row {row} {what}.");
    }

    private static int KindOf(CopiedKind kind) =>
        kind switch
        {
            CopiedKind.Int or CopiedKind.Long => raw.SQLITE_INTEGER,
            CopiedKind.Bytes => raw.SQLITE_BLOB,
            _ => raw.SQLITE_TEXT,
        };

    private static string Select(CopiedTable table)
    {
        var columns = table.Columns.Select(column =>
            column.Kind == CopiedKind.Year ? "(SELECT freq FROM series WHERE id = series_id)" : column.Name
        );
        return $"SELECT {string.Join(", ", columns)} FROM {table.Name}";
    }
}
