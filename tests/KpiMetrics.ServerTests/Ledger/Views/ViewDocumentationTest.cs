using System.Globalization;
using System.Text;
using KpiMetrics.ServerTests.Servers;
using KpiMetrics.Tests.Support;

namespace KpiMetrics.ServerTests.Ledger.Views;

/// <summary>What views and columns say is told in the database and, word for word, in provisioning/postgres/README.md.</summary>
public sealed class ViewDocumentationTest(SharedPostgres postgres) : IAsyncDisposable
{
    private const string Comments = """
        SELECT c.relname, obj_description(c.oid), a.attname, format_type(a.atttypid, NULL), col_description(c.oid, a.attnum)
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
        WHERE n.nspname = 'kpi' AND c.relkind = 'v' AND c.relname LIKE 'v\_%'
        ORDER BY c.relname, a.attnum
        """;

    private readonly PostgresLedgers ledgers = new(postgres);

    [Fact]
    public async Task Comments_OfEveryViewAndColumn_AreThereAndInTheReadme()
    {
        await using var views = new ViewReader(await ledgers.CreateDatabaseAsync());
        var rows = (await views.RowsAsync(Comments)).ConvertAll(row => row.Split('|'));

        Assert.NotEmpty(rows);
        Assert.DoesNotContain(rows, row => row.Length != 5 || row.Any(part => part.Length == 0));
        var file = await File.ReadAllTextAsync(
            Path.Combine(Repository.Root, "provisioning/postgres/README.md"),
            TestContext.Current.CancellationToken
        );
        foreach (var view in rows.GroupBy(row => (Name: row[0], Question: row[1])))
        {
            var section = new StringBuilder(
                $"### {view.Key.Name}\n\n{view.Key.Question}\n\n| column | type | what it says |\n| --- | --- | --- |\n"
            );
            foreach (var row in view)
                section.Append(CultureInfo.InvariantCulture, $"| `{row[2]}` | {Type(row[3])} | {row[4]} |\n");
            Assert.Contains(section.ToString(), file, StringComparison.Ordinal);
        }
        var named = file.Split('\n').Where(line => line.StartsWith("### v_", StringComparison.Ordinal)).Select(line => line[4..]);
        Assert.Equal(rows.Select(row => row[0]).Distinct(), named.Order(StringComparer.Ordinal));
    }

    public ValueTask DisposeAsync() => ledgers.DisposeAsync();

    private static string Type(string name) => name == "timestamp with time zone" ? "timestamptz" : name;
}
