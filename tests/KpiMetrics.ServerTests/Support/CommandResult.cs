using System.Globalization;
using System.Text.RegularExpressions;

namespace KpiMetrics.ServerTests.Support;

/// <summary>What a command that ran to its end left.</summary>
internal sealed partial record CommandResult(int ExitCode, IReadOnlyCollection<string> Output, IReadOnlyCollection<string> Error)
{
    /// <summary>Rows read, recorded, repeated and refused, from the last line of <c>import</c>.</summary>
    public (int Rows, int Recorded, int Repeated, int Refused) Counts()
    {
        var found = Summary().Match(Output.LastOrDefault() ?? "");
        Assert.True(found.Success, ToString());
        return (Of("rows"), Of("recorded"), Of("repeated"), Of("refused"));

        int Of(string group) => int.Parse(found.Groups[group].Value, CultureInfo.InvariantCulture);
    }

    public override string ToString() => $"exit code {ExitCode}: {string.Join('\n', Output.Concat(Error).Take(50))}";

    [GeneratedRegex(
        "^(?<rows>[0-9]+) rows: (?<recorded>[0-9]+) recorded, (?<repeated>[0-9]+) repeated, (?<refused>[0-9]+) refused$",
        RegexOptions.None,
        1000
    )]
    private static partial Regex Summary();
}
