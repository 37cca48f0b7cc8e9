using System.Globalization;

namespace KpiMetrics.Simulation.World;

/// <summary>The 99 communes of Lào Cai: the real ones where the shared data lies beside the repository, else as many made up.</summary>
internal static class Communes
{
    public const int Count = 99;

    private const string Province = "15";

    /// <summary>Writes a file of areas that the catalog reads.</summary>
    /// <param name="shared">The list of all communes; may not exist.</param>
    /// <returns>True where they are the real ones.</returns>
    public static bool Write(string file, string shared)
    {
        var isReal = File.Exists(shared);
        var codes = isReal ? RealCodes(shared) : [.. Enumerable.Range(1, Count).Select(MadeUp)];
        if (codes.Count != Count)
            throw new InvalidDataException($"{shared} has {codes.Count} communes of the province {Province}; expected {Count}.");
        Directory.CreateDirectory(Path.GetDirectoryName(file) ?? "");
        File.WriteAllLines(file, ["areas:", .. codes.Select(Line)]);
        return isReal;
    }

    private static List<string> RealCodes(string file) =>
        [
            .. File.ReadLines(file)
                .Skip(1)
                .Select(line => line.Split(','))
                .Where(cells => cells[3] == Province)
                .Select(cells => cells[0]),
        ];

    private static string MadeUp(int number) => string.Create(CultureInfo.InvariantCulture, $"9{number:0000}");

    private static string Line(string code) =>
        $"  - {{code: \"{code}\", name: Xã {code}, level: commune, from: 2025-07-01, parent: \"{Province}\"}}";
}
