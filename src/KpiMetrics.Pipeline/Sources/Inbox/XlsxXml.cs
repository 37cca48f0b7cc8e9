using System.Text;
using System.Xml;
using static System.FormattableString;

namespace KpiMetrics.Pipeline.Sources.Inbox;

internal static class XlsxXml
{
    /// <summary>Reads a part element by element, with no DTD, no outside entity and no more than a part may hold.</summary>
    public static XmlReader Open(Stream part) =>
        XmlReader.Create(
            part,
            new XmlReaderSettings
            {
                CloseInput = true,
                DtdProcessing = DtdProcessing.Prohibit,
                IgnoreComments = true,
                IgnoreProcessingInstructions = true,
                MaxCharactersInDocument = XlsxPackageCheck.LargestPart,
                XmlResolver = null,
            }
        );

    public static bool IsStart(this XmlReader reader, string element) =>
        reader.NodeType == XmlNodeType.Element && reader.LocalName == element;

    public static bool IsEnd(this XmlReader reader, string element, int depth) =>
        reader.NodeType == XmlNodeType.EndElement && reader.Depth == depth && reader.LocalName == element;

    /// <summary>The text of the element the reader stands on (<c>v</c>, <c>f</c>, <c>t</c>), which it leaves at its end.</summary>
    /// <exception cref="BrokenReportException">It is longer than a cell may be.</exception>
    public static string Text(this XmlReader reader, string place)
    {
        var text = new StringBuilder();
        if (reader.IsEmptyElement)
            return "";
        var (element, depth) = (reader.LocalName, reader.Depth);
        while (reader.Read() && !reader.IsEnd(element, depth))
        {
            if (reader.NodeType is XmlNodeType.Text or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace)
                Append(text, reader.Value, place);
        }
        return text.ToString();
    }

    /// <summary>The texts of all runs of the element the reader stands on (<c>si</c>, <c>is</c>), which it leaves at its end; how they are pronounced (<c>rPh</c>) is not part of it.</summary>
    /// <exception cref="BrokenReportException">They are longer than a cell may be.</exception>
    public static string RichText(this XmlReader reader, string place)
    {
        if (reader.IsEmptyElement)
            return "";
        var text = new StringBuilder();
        var (element, depth) = (reader.LocalName, reader.Depth);
        while (reader.Read() && !reader.IsEnd(element, depth))
        {
            while (reader.IsStart("rPh"))
                reader.Skip();
            if (reader.IsEnd(element, depth))
                break;
            if (reader.IsStart("t"))
                Append(text, reader.Text(place), place);
        }
        return text.ToString();
    }

    private static void Append(StringBuilder text, string more, string place)
    {
        if (text.Append(more).Length > CellText.Longest)
            throw new BrokenReportException(Invariant($"{place}: a text of more than {CellText.Longest} characters"));
    }
}
