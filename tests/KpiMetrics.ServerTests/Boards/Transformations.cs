using System.Text.Json;

namespace KpiMetrics.ServerTests.Boards;

/// <summary>What Grafana's transformations do, as its documentation and source say; those that the boards use.</summary>
internal static class Transformations
{
    public static IReadOnlyList<Frame> Apply(IReadOnlyList<Frame> frames, JsonElement transformations) =>
        transformations.EnumerateArray().Aggregate(frames, One);

    private static IReadOnlyList<Frame> One(IReadOnlyList<Frame> frames, JsonElement one)
    {
        var options = one.GetProperty("options");
        return one.GetProperty("id").GetString() switch
        {
            "merge" => [Merge([.. frames.Where(frame => frame.Columns.Count > 0)])],
            "filterByValue" => [.. frames.Select(frame => Having(frame, options))],
            "filterFieldsByName" => [.. frames.Select(frame => Filter(frame, options))],
            "sortBy" => [.. frames.Select(frame => Sort(frame, options))],
            "organize" => [.. frames.Select(frame => Organize(frame, options))],
            "groupingToMatrix" => [.. frames.Select(frame => Matrix(frame, options))],
            var other => throw new NotSupportedException($"The test knows no transformation '{other}'."),
        };
    }

    /// <summary>Rows agree that have the same in every column that all frames have; what else both have must not differ.</summary>
    private static Frame Merge(IReadOnlyList<Frame> frames)
    {
        if (frames.Count < 2)
            return frames is [var one] ? one : new([], []);
        var keys = frames[0].Columns.Where(column => frames.All(frame => frame.Has(column))).ToList();
        var columns = frames.SelectMany(frame => frame.Columns).Distinct(StringComparer.Ordinal).ToList();
        var rows = new List<Dictionary<string, object?>>();
        var known = new Dictionary<string, List<Dictionary<string, object?>>>(StringComparer.Ordinal);
        foreach (var record in frames.SelectMany(frame => frame.Records))
        {
            var key = string.Join('\n', keys.Select(column => Frame.Text(record[column])));
            if (!known.TryGetValue(key, out var same))
                known[key] = same = [];
            // What is there already may be filled up, and must not be contradicted, not even by nothing.
            var into = same.Find(row =>
                record.All(cell =>
                    row.GetValueOrDefault(cell.Key) is not { } other || Frame.Text(other) == Frame.Text(cell.Value)
                )
            );
            if (into is null)
            {
                same.Add(into = []);
                rows.Add(into);
            }
            foreach (var (column, cell) in record)
                into[column] = cell;
        }
        return new(
            columns,
            [.. rows.Select(row => (IReadOnlyList<object?>)[.. columns.Select(column => row.GetValueOrDefault(column))])]
        );
    }

    private static Frame Having(Frame frame, JsonElement options)
    {
        if (options.GetProperty("type").GetString() != "include")
            throw new NotSupportedException("The test knows only filters that include.");
        var isAny = options.GetProperty("match").GetString() == "any";
        var fields = options
            .GetProperty("filters")
            .EnumerateArray()
            .Select(filter => filter.GetProperty("fieldName").GetString() ?? "");
        // Nothing has a field that is not there.
        var places = fields.Select(field => frame.Columns.ToList().IndexOf(field)).ToList();
        return frame with
        {
            Rows =
            [
                .. frame.Rows.Where(row =>
                    isAny ? places.Exists(place => Has(row, place)) : places.TrueForAll(place => Has(row, place))
                ),
            ],
        };
    }

    private static bool Has(IReadOnlyList<object?> row, int place) => place >= 0 && row[place] is not null;

    private static Frame Filter(Frame frame, JsonElement options)
    {
        if (options.TryGetProperty("exclude", out var exclude))
            return frame.Only(frame.Columns.Except(Names(exclude), StringComparer.Ordinal));
        var include = Names(options.GetProperty("include")).ToHashSet(StringComparer.Ordinal);
        return frame.Only(frame.Columns.Where(include.Contains));
    }

    private static IEnumerable<string> Names(JsonElement list) =>
        list.GetProperty("names").EnumerateArray().Select(name => name.GetString() ?? "");

    private static Frame Sort(Frame frame, JsonElement options)
    {
        var sort = options.GetProperty("sort").EnumerateArray().Single();
        var place = frame.Columns.ToList().IndexOf(sort.GetProperty("field").GetString() ?? "");
        if (place < 0)
            return frame;
        var order = Comparer<object?>.Create(Compare);
        var rows = sort.GetProperty("desc").GetBoolean()
            ? frame.Rows.OrderByDescending(row => row[place], order)
            : frame.Rows.OrderBy(row => row[place], order);
        return frame with { Rows = [.. rows] };
    }

    private static int Compare(object? left, object? right) =>
        (left, right) switch
        {
            (null, null) => 0,
            (null, _) => -1,
            (_, null) => 1,
            (string one, string other) => string.CompareOrdinal(one, other),
            (DateTime one, DateTime other) => one.CompareTo(other),
            _ => Convert
                .ToDouble(left, System.Globalization.CultureInfo.InvariantCulture)
                .CompareTo(Convert.ToDouble(right, System.Globalization.CultureInfo.InvariantCulture)),
        };

    private static Frame Organize(Frame frame, JsonElement options)
    {
        var order = options.GetProperty("indexByName");
        var names = options.GetProperty("renameByName");
        var columns = frame
            .Columns.OrderBy(column => order.TryGetProperty(column, out var place) ? place.GetInt32() : int.MaxValue)
            .ToList();
        var organized = frame.Only(columns);
        return organized with
        {
            Columns =
            [
                .. columns.Select(column => names.TryGetProperty(column, out var name) ? name.GetString() ?? column : column),
            ],
        };
    }

    private static Frame Matrix(Frame frame, JsonElement options)
    {
        var (rowField, columnField, valueField) = (Field("rowField"), Field("columnField"), Field("valueField"));
        var records = frame.Records.ToList();
        var columns = records.Select(record => Frame.Text(record[columnField]) ?? "").Distinct(StringComparer.Ordinal).ToList();
        var rows = records
            .Select(record => Frame.Text(record[rowField]) ?? "")
            .Distinct(StringComparer.Ordinal)
            .Select(row =>
                (IReadOnlyList<object?>)
                    [
                        row,
                        .. columns.Select(column =>
                            records
                                .LastOrDefault(record =>
                                    Frame.Text(record[rowField]) == row && Frame.Text(record[columnField]) == column
                                )
                                ?.GetValueOrDefault(valueField)
                        ),
                    ]
            );
        return new([$@"{rowField}\{columnField}", .. columns], [.. rows]);

        string Field(string name) => options.GetProperty(name).GetString() ?? "";
    }
}
