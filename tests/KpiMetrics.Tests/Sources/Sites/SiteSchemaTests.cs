using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json;
using KpiMetrics.Pipeline.Catalog;
using KpiMetrics.Pipeline.Sources.Http;
using KpiMetrics.Pipeline.Sources.Inbox;
using KpiMetrics.Pipeline.Sources.Sites;
using KpiMetrics.Pipeline.Sources.Sql;
using KpiMetrics.Tests.Support;

namespace KpiMetrics.Tests.Sources.Sites;

/// <summary>The schema that editors use and the reader must allow the same keys and values.</summary>
public sealed class SiteSchemaTests
{
    private static readonly JsonElement Definitions = JsonDocument
        .Parse(File.ReadAllText(Path.Combine(Repository.Root, "seeds", "site.schema.json")))
        .RootElement.GetProperty("$defs");

    public static TheoryData<string> Shapes => [.. SiteShapes.All.Select(shape => shape.Name)];

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Schema_EachMapping_AllowsAndRequiresTheKeysOfTheReader(string name)
    {
        var shape = SiteShapes.All.Single(shape => shape.Name == name);
        var definition = Definitions.GetProperty(name);

        Assert.Equal(
            shape.Required.Concat(shape.Optional).Order(),
            definition.GetProperty("properties").EnumerateObject().Select(key => key.Name).Order()
        );
        Assert.Equal(shape.Required.Order(), definition.GetProperty("required").EnumerateArray().Select(Text).Order());
        Assert.False(definition.GetProperty("additionalProperties").GetBoolean());
        Assert.NotEmpty(Text(definition.GetProperty("description")));
    }

    [Fact]
    public void Schema_Objects_AreAllKnownToTheReader() =>
        Assert.Equal(
            SiteShapes.All.Select(shape => shape.Name).Order(),
            Definitions.EnumerateObject().Select(entry => entry.Name).Order()
        );

    [Fact]
    public void Schema_RangesPatternsAndDefaults_AreThoseOfTheOptions()
    {
        AreSame(SiteShapes.Http, new HttpSourceOptions());
        AreSame(SiteShapes.Sql, new SqlSourceOptions());
        AreSame(SiteShapes.Inbox, new OfficeInboxOptions());
    }

    private static void AreSame(CatalogShape shape, object defaults)
    {
        foreach (var option in defaults.GetType().GetProperties().Where(option => option.CanWrite))
        {
            var key = JsonNamingPolicy.SnakeCaseLower.ConvertName(option.Name);
            var schema = Definitions.GetProperty(shape.Name).GetProperty("properties").GetProperty(key);
            if (option.GetCustomAttribute<RangeAttribute>() is { } range)
            {
                Assert.Equal(
                    (range.Minimum, range.Maximum, option.GetValue(defaults)),
                    (
                        schema.GetProperty("minimum").GetInt32(),
                        schema.GetProperty("maximum").GetInt32(),
                        (object)schema.GetProperty("default").GetInt32()
                    )
                );
            }
            else if (key != "locale" && option.GetCustomAttribute<RegularExpressionAttribute>() is { } pattern)
                Assert.Equal(pattern.Pattern, Text(schema.GetProperty("pattern")));
        }
    }

    private static string Text(JsonElement element) => element.GetString() ?? "";
}
