using System.Text;

namespace KpiMetrics.Worker.Commands.Explain;

/// <summary>Text for people, 120 columns wide: labelled fields that wrap, and tables.</summary>
internal sealed class TextPage
{
    private const int Width = 120;
    private const int LabelWidth = 16;
    private const string Gap = "  ";

    private readonly StringBuilder text = new();

    public void Blank() => text.AppendLine();

    /// <summary>One line that begins at the left and is wrapped like a field.</summary>
    public void Heading(string line) => Wrapped("", line, 0, 4);

    /// <summary>A label and what it says; nothing where it says nothing.</summary>
    public void Field(string label, string? value, int indent = 0)
    {
        if (string.IsNullOrWhiteSpace(value))
            return;
        var head = new string(' ', indent) + label.PadRight(LabelWidth - 1) + " ";
        Wrapped(head, value, indent, head.Length);
    }

    /// <summary>Continues a field or table below it.</summary>
    public void Remark(string value, int indent) => Wrapped(new string(' ', indent), value, indent, indent + 2);

    /// <summary>A line of cells padded to the widths; the last is not.</summary>
    public void Row(IReadOnlyList<string> cells, IReadOnlyList<int> widths, int indent)
    {
        var line = new StringBuilder().Append(' ', indent);
        for (var at = 0; at < cells.Count; at++)
        {
            if (at > 0)
                line.Append(Gap);
            line.Append(at < cells.Count - 1 ? cells[at].PadRight(widths[at]) : cells[at]);
        }
        var full = line.ToString().TrimEnd();
        if (full.Length <= Width)
            text.AppendLine(full);
        else
            Wrapped(new string(' ', indent), full[indent..], indent, indent + 4);
    }

    public override string ToString() => text.ToString();

    private void Wrapped(string head, string value, int indent, int hanging)
    {
        var line = new StringBuilder(head);
        var isFresh = true;
        foreach (var word in Words(value))
        {
            if (!isFresh && line.Length + 1 + word.Length > Width)
            {
                text.AppendLine(line.ToString());
                line.Clear().Append(' ', Math.Max(hanging, indent));
                isFresh = true;
            }
            line.Append(isFresh ? "" : " ").Append(word);
            isFresh = false;
        }
        text.AppendLine(line.ToString().TrimEnd());
    }

    // Notes come from files: what would move the cursor is not shown.
    private static IEnumerable<string> Words(string value) =>
        value
            .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            .Select(word => word.Any(char.IsControl) ? string.Concat(word.Where(sign => !char.IsControl(sign))) : word);
}
