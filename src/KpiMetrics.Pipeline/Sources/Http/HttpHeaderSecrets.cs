using System.Text.RegularExpressions;

namespace KpiMetrics.Pipeline.Sources.Http;

/// <summary>Puts environment variables where a source's headers say <c>${NAME}</c>. No message ever quotes a value.</summary>
internal static partial class HttpHeaderSecrets
{
    /// <exception cref="SourceUnavailableException">A variable is not set, or a value cannot be sent.</exception>
    public static IReadOnlyList<(string Name, string Value)> Fill(HttpSourceOptions options, Func<string, string?> environment)
    {
        var filled = new List<(string, string)>();
        foreach (var (header, template) in options.Headers)
        {
            var place = $"source {options.Name}: header {header}";
            var value = Variable().Replace(template, match => Find(match.Groups["name"].Value, place, environment));
            if (value.Any(letter => letter is < ' ' or > '~'))
                throw new SourceUnavailableException(
                    $"{place} holds a line end or a letter beyond ASCII, which cannot be sent; look into its environment variable"
                );
            filled.Add((header, value));
        }
        return filled;
    }

    private static string Find(string name, string place, Func<string, string?> environment) =>
        environment(name)
        ?? throw new SourceUnavailableException($"{place} needs the environment variable {name}, which is not set");

    [GeneratedRegex(@"\$\{(?<name>[A-Za-z_][A-Za-z0-9_]*)\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Variable();
}
