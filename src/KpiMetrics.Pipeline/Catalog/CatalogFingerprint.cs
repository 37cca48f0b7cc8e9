using System.Security.Cryptography;
using System.Text;

namespace KpiMetrics.Pipeline.Catalog;

/// <summary>Tells one state of a catalog's files from another: what is computed from figures, and so the points, follow from it.</summary>
public static class CatalogFingerprint
{
    /// <summary>
    /// Of the names and contents of the files that <see cref="CatalogReader.Read"/> would read, but for holidays and the events of sets,
    /// from which nothing is computed; where they lie does not count.
    /// </summary>
    /// <param name="rules">Names the build whose rules compute: another build may compute otherwise.</param>
    public static string Of(IEnumerable<string> paths, Guid rules)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(rules.ToByteArray());
        foreach (var file in CatalogFiles.Find(paths).Where(IsComputedFrom))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(Path.GetFileName(file.Path)));
            hash.AppendData(SHA256.HashData(ContentOf(file)));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static byte[] ContentOf(CatalogFile file) =>
        file.Kind == CatalogFileKind.Set ? EventlessFile.Read(file.Path) : File.ReadAllBytes(file.Path);

    private static bool IsComputedFrom(CatalogFile file) => file is { Problem: null, Kind: not CatalogFileKind.Holidays };
}
