using System.Globalization;
using System.Text;

namespace KpiMetrics.Worker.Api.Metrics;

/// <summary>The labels of a measurement as the text format writes them: <c>outcome="done",source="push"</c>.</summary>
internal static class LabelSet
{
    // What grows with the number of jobs or firings, not with the kinds of things that happen.
    private static readonly string[] Unbounded = ["quartz.job.name", "quartz.trigger.name", "quartz.fire.instance.id"];

    public static string Of(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (tags.IsEmpty)
            return "";
        var labels = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in tags)
        {
            if (!Unbounded.Contains(name))
                labels[Name(name)] = Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
        }
        var text = new StringBuilder();
        foreach (var (name, value) in labels)
        {
            text.Append(text.Length > 0 ? "," : "").Append(name).Append("=\"");
            text.Append(Escape(value).Replace("\"", "\\\"", StringComparison.Ordinal)).Append('"');
        }
        return text.ToString();
    }

    /// <summary>A name as Prometheus allows it.</summary>
    public static string Name(string name)
    {
        var text = new StringBuilder(name.Length);
        foreach (var sign in name)
            text.Append(char.IsAsciiLetterOrDigit(sign) ? sign : '_');
        if (text.Length == 0 || char.IsAsciiDigit(text[0]))
            text.Insert(0, '_');
        return text.ToString();
    }

    /// <summary>A text on one line.</summary>
    public static string Escape(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
}
