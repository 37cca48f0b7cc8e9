using System.Text.Json.Nodes;

namespace KpiMetrics.Boards.Model;

/// <summary>What Grafana does with answers before they are shown.</summary>
internal static class Transform
{
    /// <summary>Puts the rows of all answers together that agree in every column that all of them have.</summary>
    public static JsonObject Merge => Node.Of(new { Id = "merge", Options = new { } });

    /// <summary>Keeps rows that have something in any of the columns.</summary>
    public static JsonObject Having(params string[] fields) =>
        new()
        {
            ["id"] = "filterByValue",
            ["options"] = new JsonObject
            {
                ["filters"] = Node.Array(fields.Select(NotNull)),
                ["type"] = "include",
                ["match"] = fields.Length == 1 ? "all" : "any",
            },
        };

    public static JsonObject SortBy(string field, bool descending = false)
    {
        var sort = Node.Of(new { Field = field, Desc = descending });
        return new JsonObject
        {
            ["id"] = "sortBy",
            ["options"] = new JsonObject { ["sort"] = Node.Array([sort]) },
        };
    }

    /// <summary>Keeps these columns alone.</summary>
    public static JsonObject Only(params string[] fields)
    {
        var include = new JsonObject { ["names"] = Node.Array(fields.Select(field => (JsonNode)field)) };
        return new JsonObject
        {
            ["id"] = "filterFieldsByName",
            ["options"] = new JsonObject { ["include"] = include },
        };
    }

    /// <summary>Leaves the instant out, which would keep rows of different ones apart.</summary>
    public static JsonObject NoTime
    {
        get
        {
            var exclude = new JsonObject { ["names"] = new JsonArray("Time") };
            return new JsonObject
            {
                ["id"] = "filterFieldsByName",
                ["options"] = new JsonObject { ["exclude"] = exclude },
            };
        }
    }

    /// <summary>A table with a column for each value of one field.</summary>
    public static JsonObject Matrix(string rows, string columns, string values) =>
        Node.Of(
            new
            {
                Id = "groupingToMatrix",
                Options = new
                {
                    RowField = rows,
                    ColumnField = columns,
                    ValueField = values,
                    EmptyValue = "null",
                },
            }
        );

    private static JsonObject NotNull(string field)
    {
        var filter = Node.Of(new { FieldName = field });
        filter["config"] = new JsonObject { ["id"] = "isNotNull", ["options"] = new JsonObject() };
        return filter;
    }
}
