using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace KpiMetrics.Pipeline.Catalog.Yaml;

/// <summary>
/// Builds the nodes of one YAML document from the parser's events, so that every key keeps its line, repeated keys are seen
/// and nothing is ever expanded: anchors, aliases and tags are refused.
/// </summary>
internal sealed class YamlTree
{
    // A set file nests ten deep; more is an attack or a mistake.
    private const int MaxDepth = 32;

    private readonly Parser parser;
    private readonly FaultLog faults;

    private YamlTree(string text, FaultLog faults)
    {
        parser = new Parser(new StringReader(text));
        this.faults = faults;
    }

    /// <summary>The root of the only document; null where there is none or the YAML is broken, which is then in the faults.</summary>
    public static YamlItem? Parse(string text, FaultLog faults)
    {
        var tree = new YamlTree(text, faults);
        try
        {
            return tree.Document();
        }
        catch (YamlException exception)
        {
            tree.Broken(text, exception.Start.Line, exception.End.Line, exception.Message.TrimEnd('.'));
        }
        // The scanner of YamlDotNet 16.3.0 throws these at some broken text ("\UFFFFFFFF", half a document mark) instead of its own.
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException or ArithmeticException)
        {
            var at = tree.parser.Current?.End.Line ?? 1;
            tree.Broken(text, at, at, "the text after this cannot be read");
        }
        return null;
    }

    // The parser points at the token it was in; a tab that indents the line it stopped at is the likelier cause.
    private void Broken(string text, long token, long stop, string why)
    {
        if (IsIndentedByTab(text, stop))
            faults.Add((int)stop, $"not YAML: {why}; the line is indented by a tab, allowed are blanks");
        else
            faults.Add((int)Math.Max(1, token), $"not YAML: {why}");
    }

    private YamlItem? Document()
    {
        parser.Consume<StreamStart>();
        if (parser.Accept<StreamEnd>(out _))
        {
            faults.Add(1, "the file is empty; expected a mapping of keys");
            return null;
        }
        parser.Consume<DocumentStart>();
        var root = Node(1);
        parser.Consume<DocumentEnd>();
        if (parser.TryConsume<DocumentStart>(out var second))
            faults.Add((int)second.Start.Line, "a second document begins; a file holds one");
        return root;
    }

    private YamlItem Node(int depth)
    {
        if (parser.TryConsume<AnchorAlias>(out var alias))
            return Refused((int)alias.Start.Line, $"alias '*{alias.Value}' is not allowed; write out what it stands for");
        var next = parser.Consume<NodeEvent>();
        if (depth > MaxDepth)
            throw new YamlException(next.Start, next.End, FormattableString.Invariant($"nested more than {MaxDepth} deep"));
        var line = (int)next.Start.Line;
        YamlItem item = next switch
        {
            Scalar scalar => new YamlScalar(line, scalar.Value, scalar.Style == ScalarStyle.Plain),
            SequenceStart => List(line, depth),
            _ => Map(line, depth),
        };
        if (!next.Anchor.IsEmpty)
            return Refused(line, $"anchor '&{next.Anchor}' is not allowed; write the value out wherever it is needed");
        return next.Tag.IsEmpty ? item : Refused(line, $"tag '{next.Tag}' is not allowed; write the plain value");
    }

    private YamlRefused Refused(int line, string message)
    {
        faults.Add(line, message);
        return new(line);
    }

    private YamlList List(int line, int depth)
    {
        var items = new List<YamlItem>();
        while (!parser.TryConsume<SequenceEnd>(out _))
            items.Add(Node(depth + 1));
        return new(line, items);
    }

    private YamlMap Map(int line, int depth)
    {
        var entries = new List<YamlEntry>();
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var key = Node(depth + 1);
            var value = Node(depth + 1);
            if (key is YamlScalar scalar)
                entries.Add(new(key.Line, scalar.Text, value));
            else if (key is not YamlRefused)
                faults.Add(key.Line, $"a key is {key.Description}; expected text");
        }
        return new(line, entries);
    }

    private static bool IsIndentedByTab(string text, long line)
    {
        var found = text.Split('\n').ElementAtOrDefault((int)line - 1) ?? "";
        return found.AsSpan(0, found.Length - found.AsSpan().TrimStart().Length).Contains('\t');
    }
}
