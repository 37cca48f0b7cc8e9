using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using CsvHelper;
using KpiMetrics.Core.Catalog;
using KpiMetrics.Pipeline.Catalog;
using KpiMetrics.Tests.Support;

namespace KpiMetrics.Tests.Catalog;

/// <summary>The shipped sets and figures against the four documents they were transcribed from, where these lie beside the repository.</summary>
public sealed partial class DocumentTests
{
    private const string BacNinh = "seeds/000_a7b1fbdcac356489.txt";
    private const string LaoCai = "seeds/002_20548afe657ab7e2.txt";
    private const string TayNinh = "seeds/003_5de4ecc5899101b8.txt";
    private const string Cchc = "seeds/004_a70b7e91a38d145e.txt";

    [Theory]
    [InlineData("bac-ninh", BacNinh)]
    [InlineData("lao-cai", LaoCai)]
    [InlineData("cchc", Cchc)]
    public void Set_EveryPrintedText_StandsInItsDocument(string set, string document)
    {
        var text = Plain(File.ReadAllText(Repository.Shared(document)));

        var missing = Printed(Read(set)).Where(printed => !Stands(text, Plain(printed)));
        Assert.Empty(missing);
    }

    [Fact]
    public void TayNinh_EveryOfficeAndRule_StandsInTheDecision()
    {
        var text = Plain(File.ReadAllText(Repository.Shared(TayNinh)));
        var set = Read("tay-ninh");

        Assert.Equal(6, set.Agencies.Count);
        Assert.All(set.Agencies, agency => Assert.Contains(Plain(agency), text, StringComparison.Ordinal));
        Assert.All(set.Rules, rule => Assert.Contains(Plain(rule.Text), text, StringComparison.Ordinal));
        Assert.All(set.Replaces, replaced => Assert.Contains(replaced.Decision, text, StringComparison.Ordinal));
    }

    /// <summary>No text cell of the annex's table is left out: of each indicator the measures in order are the whole third column.</summary>
    [Fact]
    public void LaoCai_TheMeasuresTogether_AreTheWholeColumnOfTheAnnex()
    {
        var rows = File.ReadAllLines(Repository.Shared(LaoCai)).Where(line => line.Contains('\t', StringComparison.Ordinal));
        var column = new StringBuilder();
        foreach (
            var cells in rows.Select(row => row.Split('\t'))
                .Where(cells => cells[0] != "STT" && !cells[0].StartsWith("<b>", StringComparison.Ordinal))
        )
            column.Append(Letters(DataCell(cells)));
        var names = string.Concat(
            Read("lao-cai").Indicators.Where(indicator => indicator.Code != "LC-B14").SelectMany(Names).Select(Letters)
        );

        // The school table repeats its rows under each level, so it is compared by counting: see RealSetsTests.
        var document = column.ToString();
        var school = document.IndexOf("tổngsốtrườnghọc", StringComparison.Ordinal);
        var after = document.IndexOf("tỷlệchephủrừng", school, StringComparison.Ordinal);
        Assert.Equal(document[..school] + document[after..], names);
    }

    [Fact]
    public void Forms_EveryPrintedFigure_IsShipped()
    {
        var lines = File.ReadAllLines(Repository.Shared(Cchc));
        var begin = Array.FindIndex(lines, line => line.Contains("Biểu mẫu 1", StringComparison.Ordinal));
        var printed = lines[begin..]
            .Select(line => line.Split('\t'))
            .Where(cells =>
                cells.Length >= 4 && cells[3].Trim('*', '<', '>', '/', 'b', 'i', ' ').Length > 0 && Figure().IsMatch(cells[3])
            )
            .Select(cells => Figure().Match(cells[3]).Value)
            .Select(figure => figure.TrimEnd('%'))
            .Select(figure =>
                Grouped().IsMatch(figure) ? figure.Replace(".", "", StringComparison.Ordinal) : figure.Replace(',', '.')
            )
            .ToList();

        Assert.Equal(116, printed.Count);
        Assert.Equal(printed, Shipped("cchc-2025-forms.csv").Select(row => row["value"]));
    }

    [Fact]
    public void Narrative_EveryQuotation_StandsInTheReport()
    {
        var text = Plain(File.ReadAllText(Repository.Shared(Cchc)));
        var rows = Shipped("cchc-2025-narrative.csv");

        Assert.NotEmpty(rows);
        foreach (var row in rows)
        {
            var quotations = Quotation().Matches(row["note"]).Select(match => match.Groups["words"].Value).ToList();
            Assert.NotEmpty(quotations);
            Assert.Contains(quotations, words => text.Contains(Plain(words), StringComparison.Ordinal));
        }
    }

    private static IndicatorSet Read(string set)
    {
        var reading = CatalogReader.Read(CatalogFolder.RepositorySeeds);
        Assert.Empty(reading.Faults);
        return reading.Snapshot?.FindSet(set) ?? throw new InvalidOperationException($"seeds/ has no {set}.");
    }

    private static IEnumerable<string> Printed(IndicatorSet set)
    {
        foreach (var indicator in set.Indicators)
        {
            yield return indicator.Name;
            foreach (var text in (string?[])[indicator.Database, indicator.Owner, indicator.Source, indicator.FrequencyPrinted])
            {
                if (text is not null)
                    yield return text;
            }
            foreach (var measure in indicator.Measures.Where(measure => !measure.Inferred))
            {
                yield return measure.Name;
                if (measure.Unit is { } unit)
                    yield return unit;
            }
        }
    }

    private static IEnumerable<string> Names(Indicator indicator) => indicator.Measures.Select(measure => measure.Name);

    // A row that lost its left cells has its text in the second; otherwise the data stands in the fourth.
    private static string DataCell(string[] cells)
    {
        if (cells.Length > 3 && cells[3].Trim().Length > 0)
            return cells[3];
        var lostItsLeft = cells.Length > 1 && !cells[0].Any(char.IsAsciiDigit) && !IsUnitOrLevel(cells[1]);
        return lostItsLeft ? cells[1] : "";
    }

    // The page cuts some cells in two: then both parts stand in the document.
    private static bool Stands(string text, string printed)
    {
        if (text.Contains(printed, StringComparison.Ordinal))
            return true;
        return Enumerable
            .Range(1, printed.Length - 2)
            .Where(at => printed[at] == ' ')
            .Any(at =>
                text.Contains($"\t{printed[..at]}", StringComparison.Ordinal)
                && text.Contains($"\t{printed[(at + 1)..]}", StringComparison.Ordinal)
            );
    }

    private static bool IsUnitOrLevel(string cell) =>
        cell.Contains('%', StringComparison.Ordinal) || cell.Contains("Giáo dục", StringComparison.Ordinal);

    private static List<Dictionary<string, string>> Shipped(string file)
    {
        using var csv = new CsvReader(
            new StreamReader(Path.Combine(CatalogFolder.RepositorySeeds, "observations", file)),
            CultureInfo.InvariantCulture
        );
        return csv.GetRecords<dynamic>()
            .Select(record => ((IDictionary<string, object>)record).ToDictionary(pair => pair.Key, pair => (string)pair.Value))
            .ToList();
    }

    /// <summary>Without markup, superscripts as characters, blanks (also those of a cut cell) as one.</summary>
    private static string Plain(string text)
    {
        var plain = text.Normalize()
            .Replace("$M^2$", "M²", StringComparison.Ordinal)
            .Replace("$m^2$", "m²", StringComparison.Ordinal);
        plain = plain
            .Replace(" <sup>2</sup>", "²", StringComparison.Ordinal)
            .Replace("<sup>2</sup>", "²", StringComparison.Ordinal);
        plain = plain.Replace("<sup>3</sup>", "³", StringComparison.Ordinal);
        return Blanks().Replace(Markup().Replace(plain, ""), " ").Trim();
    }

    private static string Letters(string text) =>
        string.Concat(Plain(text).ToLowerInvariant().Where(letter => char.IsLetterOrDigit(letter)));

    [GeneratedRegex(@"</?(b|i|sup)>|\*+", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Markup();

    [GeneratedRegex(@"[ \u00A0\r\n]+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Blanks();

    [GeneratedRegex(@"[0-9][0-9.]*(,[0-9]+)?%?", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Figure();

    [GeneratedRegex(@"^[0-9]{1,3}(\.[0-9]{3})+\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Grouped();

    [GeneratedRegex("\"(?<words>[^\"]+)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Quotation();
}
