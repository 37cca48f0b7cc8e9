using System.Globalization;

namespace KpiMetrics.Pipeline.Publishing;

/// <summary>Finds every fault of <see cref="InfluxOptions"/> at once; secrets are never quoted.</summary>
public static class InfluxOptionsValidator
{
    /// <summary>One line for each fault; empty where all is well.</summary>
    public static IReadOnlyList<string> Faults(InfluxOptions options)
    {
        var faults = new List<string>();
        if (options.Url is { } url)
            CheckUrl(url, faults);
        if (options.Version is not (1 or 2))
            Add(faults, nameof(options.Version), $"is {options.Version}; allowed are 1 and 2.");
        if (options.Version == 1)
            CheckName(nameof(options.Database), options.Database, faults);
        if (options.Version == 2 && options.Url is not null)
        {
            CheckName(nameof(options.Org), options.Org, faults);
            CheckName(nameof(options.Bucket), options.Bucket, faults);
        }
        CheckCredentials(options, faults);
        CheckRange(nameof(options.BatchSize), options.BatchSize, 50_000, faults);
        CheckRange(nameof(options.TimeoutSeconds), options.TimeoutSeconds, 600, faults);
        return faults;
    }

    private static void CheckUrl(string text, List<string> faults)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url))
            Add(faults, nameof(InfluxOptions.Url), "is no address; write http://HOST:PORT or https://HOST:PORT.");
        else if (url.Scheme != Uri.UriSchemeHttp && url.Scheme != Uri.UriSchemeHttps)
            Add(faults, nameof(InfluxOptions.Url), $"begins with '{url.Scheme}:'; allowed are http:// and https://.");
        else if (url.UserInfo.Length > 0)
            Add(faults, nameof(InfluxOptions.Url), "holds credentials; they belong in User and Password, or in Token.");
        else if (url.Query.Length > 0 || url.Fragment.Length > 0)
            Add(faults, nameof(InfluxOptions.Url), "goes on after the path; nothing may follow from '?' or '#' on.");
    }

    private static void CheckCredentials(InfluxOptions options, List<string> faults)
    {
        if (options.User is null != options.Password is null)
            Add(faults, "User and Password", "must be given both or neither.");
        if (options.User is { } user && (user.Length == 0 || user.Contains(':', StringComparison.Ordinal)))
            Add(faults, nameof(options.User), "is empty or holds a colon, which no user name may.");
        if (options.Token is { } token && (token.Length == 0 || token.Any(c => c is <= ' ' or > '~')))
            Add(
                faults,
                nameof(options.Token),
                "is empty or holds a space, a line end or a letter beyond ASCII; a token has none."
            );
    }

    private static void CheckName(string name, string? value, List<string> faults)
    {
        if (string.IsNullOrWhiteSpace(value) || value.Any(char.IsControl))
            Add(faults, name, $"is '{value?.ReplaceLineEndings(" ")}'; a name is needed.");
    }

    private static void CheckRange(string name, int value, int most, List<string> faults)
    {
        if (value < 1 || value > most)
            Add(faults, name, string.Create(CultureInfo.InvariantCulture, $"is {value}; allowed is 1..{most}."));
    }

    private static void Add(List<string> faults, string name, string fault) =>
        faults.Add($"{InfluxOptions.Section}:{name} {fault}");
}
