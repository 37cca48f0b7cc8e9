using System.Globalization;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Pipeline.Sources.Sql;

/// <summary>One cell of a result from the text that PostgreSQL itself gives of it, so that every digit is the database's.</summary>
internal static class SqlCell
{
    private const string Text = "text";

    /// <param name="text">Null for NULL.</param>
    /// <param name="type">PostgreSQL's name of the column's type: <c>numeric(12,2)</c>, <c>character varying(20)</c>.</param>
    public static RawCell Of(string column, string? text, string type, Frequency frequency)
    {
        if (text is null)
            return new("", CellKind.Text, column);
        return Family(type) switch
        {
            Text => new(Clean(text), CellKind.Text, column),
            "number" => MachineNumber.TryExpand(text, 0, out _)
                ? new(text, CellKind.Number, column)
                : new(text, CellKind.Other, column),
            "date" when column == "period" => Period(text, frequency),
            "date" when column == SqlColumns.StatedAt => new(text, CellKind.Text, column),
            "date" => new($"date {text}", CellKind.Other, column),
            _ => new($"a {type} {text}", CellKind.Other, column),
        };
    }

    private static string Family(string type) =>
        type.Split('(', ' ')[0] switch
        {
            "text" or "character" or "varchar" or "bpchar" or "name" or "citext" or "unknown" => Text,
            "numeric" or "smallint" or "integer" or "bigint" or "real" or "double" => "number",
            "date" or "timestamp" => "date",
            _ => type,
        };

    // A day within a month could mean the calendar's month or, under a cut-off, the window's; a first moment can only mean the period.
    private static RawCell Period(string text, Frequency frequency)
    {
        if (!DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment))
            return new(text, CellKind.Other, "period");
        var period = Core.Periods.Period.At(frequency, moment);
        return period.Start == moment
            ? new(period.ToString(), CellKind.Text, "period")
            : new(
                $"date {text}, which is no first moment of a {frequency.ToString().ToLowerInvariant()}",
                CellKind.Other,
                "period"
            );
    }

    private static string Clean(string text) => text.Trim().Normalize();
}
