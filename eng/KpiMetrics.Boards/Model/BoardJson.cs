using System.Text.Json.Nodes;

namespace KpiMetrics.Boards.Model;

/// <summary>A board in Grafana's classic model, as version 9.4 wrote it; later ones bring it up to date when they load it.</summary>
internal static class BoardJson
{
    /// <summary>Of Grafana 9.4.</summary>
    public const int SchemaVersion = 37;

    private const int Columns = 24;

    private static readonly string[] Tags = ["kpimetrics"];
    private static readonly string[] AllText = ["All"];
    private static readonly string[] AllValue = ["$__all"];

    public static JsonObject Of(Board board)
    {
        var json = Node.Of(
            new
            {
                board.Uid,
                board.Title,
                Description = board.Question,
                Tags,
                Timezone = "Asia/Ho_Chi_Minh",
                WeekStart = "monday",
                Editable = false,
                GraphTooltip = 1,
                board.Refresh,
                SchemaVersion,
                Version = 1,
                Time = new { board.From, To = "now" },
            }
        );
        json["links"] = Node.Array([
            Node.Of(
                new
                {
                    Type = "dashboards",
                    Title = "Bảng khác",
                    Tags,
                    AsDropdown = true,
                    IncludeVars = false,
                    KeepTime = false,
                    TargetBlank = false,
                }
            ),
        ]);
        json["templating"] = new JsonObject { ["list"] = Node.Array(board.Variables.Select(Of)) };
        json["annotations"] = new JsonObject { ["list"] = new JsonArray() };
        json["panels"] = Node.Array(Panels(board));
        return json;
    }

    private static JsonObject Of(Variable variable)
    {
        var json = Node.Of(
            new
            {
                variable.Name,
                variable.Label,
                Type = "query",
                Datasource = DataSource.Postgres,
                Query = variable.Sql,
                Definition = variable.Sql,
                Refresh = 1, // when the board is opened
                Sort = 0, // as the query does
                Multi = variable.IsMany,
                IncludeAll = variable.IsMany,
                Hide = variable.IsHidden ? 2 : 0,
                Regex = "",
                SkipUrlSync = false,
            }
        );
        json["current"] = variable.IsMany
            ? Node.Of(
                new
                {
                    Selected = true,
                    Text = AllText,
                    Value = AllValue,
                }
            )
            : new JsonObject();
        return json;
    }

    // From left to right, and on a new line where one has no room any more.
    private static IEnumerable<JsonObject> Panels(Board board)
    {
        var (id, top) = (0, 0);
        foreach (var section in board.Sections)
        {
            if (section.Title.Length > 0)
                yield return Heading(++id, section.Title, top++);
            var (left, height) = (0, 0);
            foreach (var panel in section.Panels)
            {
                if (left + panel.Width > Columns)
                    (left, top, height) = (0, top + height, 0);
                yield return PanelJson.Of(panel, ++id, left, top);
                left += panel.Width;
                height = Math.Max(height, panel.Height);
            }
            top += height;
        }
    }

    private static JsonObject Heading(int id, string title, int top)
    {
        var json = Node.Of(
            new
            {
                Id = id,
                Type = "row",
                Title = title,
                Collapsed = false,
                GridPos = new
                {
                    H = 1,
                    W = Columns,
                    X = 0,
                    Y = top,
                },
            }
        );
        json["panels"] = new JsonArray();
        return json;
    }
}
