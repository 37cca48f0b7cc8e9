using System.Globalization;
using System.Reflection;

namespace KpiMetrics.Pipeline.Ledger.Sql;

/// <summary>The numbered SQL files of one kind of store, in order.</summary>
internal static class MigrationFiles
{
    /// <param name="store">A type of the store: its files lie in <c>Migrations</c> beside it.</param>
    public static IReadOnlyList<MigrationFile> Of(Type store)
    {
        var prefix = $"{store.Namespace}.Migrations.";
        return
        [
            .. Assembly
                .GetExecutingAssembly()
                .GetManifestResourceNames()
                .Where(resource => resource.StartsWith(prefix, StringComparison.Ordinal))
                .Select(resource => (Name: Path.GetFileNameWithoutExtension(resource[prefix.Length..]), Resource: resource))
                .OrderBy(file => file.Name, StringComparer.Ordinal)
                .Select(file => new MigrationFile(
                    int.Parse(file.Name.AsSpan(0, 4), CultureInfo.InvariantCulture),
                    file.Name,
                    Read(file.Resource)
                )),
        ];
    }

    private static string Read(string resource)
    {
        using var stream =
            Assembly.GetExecutingAssembly().GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"The migration {resource} is not in the assembly.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
