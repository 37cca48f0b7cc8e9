using System.Text.Json.Nodes;

namespace KpiMetrics.Boards.Model;

/// <summary>A panel in Grafana's model.</summary>
internal static class PanelJson
{
    public static JsonObject Of(Panel panel, int id, int left, int top)
    {
        var json = Node.Of(
            new
            {
                Id = id,
                panel.Type,
                panel.Title,
                panel.Description,
                Transparent = false,
                Datasource = panel.Source,
                GridPos = new
                {
                    H = panel.Height,
                    W = panel.Width,
                    X = left,
                    Y = top,
                },
            }
        );
        if (panel.Repeat is { } variable)
        {
            json["repeat"] = variable;
            json["repeatDirection"] = "h";
            json["maxPerRow"] = 24 / panel.Width;
        }
        json["targets"] = Node.Array(panel.Queries.Select((query, place) => Of(query, (char)('A' + place))));
        json["transformations"] = Node.Array([
            .. panel.Transformations.Select(one => one.DeepClone()),
            .. panel.Columns.Count > 0
                ? [Transform.Only([.. panel.Columns.Select(column => column.Field)]), Organize(panel.Columns)]
                : Array.Empty<JsonNode>(),
        ]);
        json["fieldConfig"] = FieldConfig(panel);
        json["options"] = panel.Options.DeepClone();
        json["links"] = Node.Array(panel.Links.Select(Of));
        return json;
    }

    private static JsonObject Of(Query query, char refId) =>
        query.Source == DataSource.InfluxDb
            ? Node.Of(
                new
                {
                    RefId = refId.ToString(),
                    Datasource = query.Source,
                    Query = query.Text,
                    RawQuery = true,
                    ResultFormat = query.IsTable ? "table" : "time_series",
                    query.Alias,
                }
            )
            : Node.Of(
                new
                {
                    RefId = refId.ToString(),
                    Datasource = query.Source,
                    RawSql = query.Text,
                    RawQuery = true,
                    EditorMode = "code",
                    Format = query.IsTable ? "table" : "time_series",
                }
            );

    private static JsonObject Of(Link link) =>
        Node.Of(
            new
            {
                link.Title,
                link.Url,
                TargetBlank = false,
            }
        );

    private static JsonObject FieldConfig(Panel panel)
    {
        var defaults = Node.Of(new { panel.Unit, NoValue = panel.NoData });
        if (panel.Decimals is { } decimals)
            defaults["decimals"] = decimals;
        if (panel.Min is { } min)
            defaults["min"] = min;
        if (panel.Max is { } max)
            defaults["max"] = max;
        defaults["color"] = Node.Of(new { Mode = panel.Thresholds is null ? "palette-classic" : "thresholds" });
        defaults["thresholds"] = panel.Thresholds?.DeepClone() ?? Thresholds.None;
        defaults["mappings"] = panel.Mappings?.DeepClone() ?? new JsonArray();
        defaults["custom"] = panel.Custom.DeepClone();
        return new JsonObject
        {
            ["defaults"] = defaults,
            ["overrides"] = Node.Array([
                .. panel.Columns.Select(Override).OfType<JsonObject>(),
                .. panel.Overrides.Select(one => one.DeepClone()),
            ]),
        };
    }

    private static JsonObject? Override(Column column)
    {
        var wishes = new List<JsonObject>();
        Wish("unit", column.Unit);
        Wish("decimals", column.Decimals);
        Wish("custom.width", column.Width);
        Wish("max", column.Max);
        if (column.IsHidden)
            Add("custom.hidden", JsonValue.Create(true));
        if (column.Cell is { } cell)
            Add("custom.cellOptions", CellOf(cell));
        if (column.Thresholds is { } thresholds)
        {
            Add("thresholds", thresholds.DeepClone());
            Add("color", Node.Of(new { Mode = "thresholds" }));
        }
        if (column.Mappings is { } mappings)
            Add("mappings", mappings.DeepClone());
        if (column.Link is { } link)
            Add("links", Node.Array([Of(link)]));
        return wishes.Count == 0 ? null : Fields.Wish(column.Title, wishes);

        void Wish(string id, object? value)
        {
            if (value is not null)
                Add(id, JsonValue.Create(value));
        }

        void Add(string id, JsonNode? value) => wishes.Add(new JsonObject { ["id"] = id, ["value"] = value });
    }

    private static JsonObject CellOf(string cell) =>
        cell == "lcd-gauge" ? Node.Of(new { Type = "gauge", Mode = "lcd" }) : Node.Of(new { Type = cell });

    private static JsonObject Organize(IReadOnlyList<Column> columns)
    {
        var (order, names) = (new JsonObject(), new JsonObject());
        for (var place = 0; place < columns.Count; place++)
        {
            order[columns[place].Field] = place;
            names[columns[place].Field] = columns[place].Title;
        }
        return new JsonObject
        {
            ["id"] = "organize",
            ["options"] = new JsonObject
            {
                ["excludeByName"] = new JsonObject(),
                ["indexByName"] = order,
                ["renameByName"] = names,
            },
        };
    }
}
