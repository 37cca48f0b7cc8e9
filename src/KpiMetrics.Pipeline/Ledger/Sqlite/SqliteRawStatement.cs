using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace KpiMetrics.Pipeline.Ledger.Sqlite;

/// <summary>
/// A statement that is executed many thousand times in a transaction, without the driver's command and reader in between: they take longer than
/// SQLite does. Prepared when it is first needed; its parameters keep their values until they are set again.
/// </summary>
internal sealed class SqliteRawStatement(SqliteConnection connection, string sql) : IDisposable
{
    // Numbers and most texts are shorter.
    private const int ShortText = 128;

    private readonly sqlite3 database = connection.Handle ?? throw new InvalidOperationException("The connection is not open.");

    private sqlite3_stmt? prepared;

    private sqlite3_stmt Statement
    {
        get
        {
            if (prepared is not null)
                return prepared;
            Check(raw.sqlite3_prepare_v2(database, sql, out var statement));
            return prepared = statement;
        }
    }

    /// <param name="place">As it is written: 1 for <c>?1</c>.</param>
    public void Bind(int place, long value) => Check(raw.sqlite3_bind_int64(Statement, place, value));

    public void Bind(int place, long? value)
    {
        if (value is { } number)
            Bind(place, number);
        else
            Check(raw.sqlite3_bind_null(Statement, place));
    }

    public void Bind(int place, string? value)
    {
        if (value is null)
            Check(raw.sqlite3_bind_null(Statement, place));
        else if (value.Length is > 0 and <= ShortText / 3)
            BindShort(place, value);
        else
            Check(raw.sqlite3_bind_text(Statement, place, value));
    }

    /// <summary>Executes a statement that gives no rows.</summary>
    public void Run()
    {
        if (Read())
            throw new InvalidOperationException($"The statement gives rows: {sql}");
    }

    /// <summary>The next row; false where there is none any more, and then the statement can be executed again.</summary>
    public bool Read()
    {
        var answer = raw.sqlite3_step(Statement);
        if (answer == raw.SQLITE_ROW)
            return true;
        var message = answer == raw.SQLITE_DONE ? null : raw.sqlite3_errmsg(database).utf8_to_string();
        Reset();
        return message is null
            ? false
            : throw new SqliteException(
                string.Create(CultureInfo.InvariantCulture, $"SQLite Error {answer}: '{message}'."),
                answer & 0xFF,
                answer
            );
    }

    /// <summary>Gives up the rows that were not read.</summary>
    public void Reset() => raw.sqlite3_reset(Statement); // says again what the step before it said

    public int Int(int column) => raw.sqlite3_column_int(Statement, column);

    public int? IntOrNull(int column) => IsNull(column) ? null : Int(column);

    public long Number(int column) => raw.sqlite3_column_int64(Statement, column);

    public long? NumberOrNull(int column) => IsNull(column) ? null : Number(column);

    public string Text(int column) => raw.sqlite3_column_text(Statement, column).utf8_to_string();

    public string? TextOrNull(int column) => IsNull(column) ? null : Text(column);

    /// <summary>What a value is: <c>SQLITE_INTEGER</c>, ..., <c>SQLITE_NULL</c>.</summary>
    public int Kind(int column) => raw.sqlite3_column_type(Statement, column);

    /// <summary>A text (UTF-8) or a blob, all of it, whatever bytes there are; good until the next row.</summary>
    public ReadOnlySpan<byte> Bytes(int column) => raw.sqlite3_column_blob(Statement, column);

    public void Dispose() => prepared?.Dispose();

    private bool IsNull(int column) => Kind(column) == raw.SQLITE_NULL;

    private void BindShort(int place, string value)
    {
        Span<byte> bytes = stackalloc byte[ShortText];
        Check(raw.sqlite3_bind_text(Statement, place, bytes[..Encoding.UTF8.GetBytes(value, bytes)]));
    }

    private void Check(int answer) => SqliteException.ThrowExceptionForRC(answer, database);
}
