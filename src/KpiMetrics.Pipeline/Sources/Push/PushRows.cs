using System.Runtime.CompilerServices;
using System.Text.Json;
using KpiMetrics.Core.Figures;
using KpiMetrics.Pipeline.Sources.Inbox;
using static System.FormattableString;

namespace KpiMetrics.Pipeline.Sources.Push;

/// <summary>Rows of a pushed JSON array, one at a time; every number keeps its digits as written.</summary>
public static class PushRows
{
    private static readonly JsonSerializerOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 8 };

    private static readonly string[] Names = [.. ReportColumnNames.Required, .. ReportColumnNames.Optional];

    /// <param name="body">UTF-8, with or without a byte order mark; it must be able to seek, and is read from its start.</param>
    /// <exception cref="BrokenReportException">The body is not an array of JSON; rows given before do not count then.</exception>
    public static async IAsyncEnumerable<RawRow> ReadAsync(
        Stream body,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        CheckIsArray(body);
        await using var items = JsonSerializer
            .DeserializeAsyncEnumerable<JsonElement>(body, Strict, cancellationToken)
            .GetAsyncEnumerator(cancellationToken);
        for (var number = 1; ; number++)
        {
            RawRow row;
            try
            {
                if (!await items.MoveNextAsync())
                    break;
                row = Row(number, items.Current);
            }
            catch (JsonException fault)
            {
                var place = Invariant($"body:{fault.LineNumber + 1}: byte {fault.BytePositionInLine + 1}, at item {number}");
                throw new BrokenReportException($"{place}: no JSON array of rows; nothing of it is taken", fault);
            }
            yield return row;
        }
    }

    // A null would pass for an empty array.
    private static void CheckIsArray(Stream body)
    {
        var line = 1;
        body.Position = 0;
        int sign;
        while ((sign = body.ReadByte()) is ' ' or '\t' or '\r' or '\n' or 0xEF or 0xBB or 0xBF)
            line += sign == '\n' ? 1 : 0;
        body.Position = 0;
        if (sign != '[')
            throw new BrokenReportException(
                Invariant($"body:{line}: {(sign < 0 ? "empty" : "no JSON array")}; an array of rows is needed")
            );
    }

    private static RawRow Row(int number, JsonElement item)
    {
        if (item.ValueKind != JsonValueKind.Object)
            return new(number) { Fault = Invariant($"a JSON {Kind(item)}; a row is an object with {Allowed}") };
        var row = new RawRow(number);
        foreach (var property in item.EnumerateObject())
        {
            if (Cell(property) is not { } cell)
                return new(number) { Fault = $"field {Shown.Of(property.Name)} holds half a character (an unpaired surrogate)" };
            if (cell.Text.Length > CellText.Longest)
                return new(number)
                {
                    Fault = Invariant(
                        $"field {property.Name} has {cell.Text.Length} characters; at most {CellText.Longest} are taken"
                    ),
                };
            if (With(row, property.Name, cell) is not { } wider)
                return new(number) { Fault = $"field {Shown.Of(property.Name)} is unknown; allowed: {Allowed}" };
            row = wider;
        }
        return row;
    }

    private static string Allowed => string.Join(", ", Names);

    private static RawRow? With(RawRow row, string name, RawCell cell) =>
        name switch
        {
            "indicator" => row with { Indicator = cell },
            "measure" => row with { Measure = cell },
            "area" => row with { Area = cell },
            "period" => row with { Period = cell },
            "value" => row with { Value = cell },
            "subject" => row with { Subject = cell },
            "status" => row with { Status = cell },
            "vintage" => row with { Vintage = cell },
            "note" => row with { Note = cell },
            "unit" => row with { Unit = cell },
            "agency" => row with { Agency = cell },
            _ => null,
        };

    private static RawCell? Cell(JsonProperty property)
    {
        var (name, value) = (property.Name, property.Value);
        switch (value.ValueKind)
        {
            case JsonValueKind.Number:
                return new(value.GetRawText(), CellKind.Number, name);
            case JsonValueKind.Null:
                return new("", CellKind.Text, name);
            case JsonValueKind.String:
                try
                {
                    return new(CellText.Clean(value.GetString() ?? ""), CellKind.Text, name);
                }
                catch (Exception fault) when (fault is InvalidOperationException or ArgumentException)
                {
                    return null;
                }
            default:
                return new($"a JSON {Kind(value)}", CellKind.Other, name);
        }
    }

    private static string Kind(JsonElement element) => element.ValueKind.ToString().ToLowerInvariant();
}
