using System.Text;
using FsCheck;
using FsCheck.Fluent;
using KpiMetrics.Pipeline.Catalog;

namespace KpiMetrics.Tests.Catalog;

public sealed class HostileYamlTests : IDisposable
{
    private static readonly string[] Scraps =
    [
        "&a ",
        "*a",
        "!",
        "!!str ",
        "%YAML 99999999999.1\n",
        "- ",
        "? ",
        ": ",
        "[",
        "]",
        "{",
        "}",
        "|9",
        ">-",
        "\t",
        "\"",
        "'",
        "\\",
        "#",
        "\n",
        "\0",
        "\u0085",
        "\u2028",
        "---\n",
        "...\n",
        "<<: ",
        "\"\\UFFFFFFFF\"",
        "\"\\x",
        "@",
        "`",
        "\uFEFF",
        ",",
        "\r",
    ];

    private readonly CatalogFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void BillionLaughs_AnchorsAndAliases_AreRefusedUnexpanded()
    {
        var laughs = new StringBuilder("a0: &a0 [lol]\n");
        for (var level = 1; level < 30; level++)
            laughs.Append(
                System.Globalization.CultureInfo.InvariantCulture,
                $"a{level}: &a{level} [{string.Join(", ", Enumerable.Repeat($"*a{level - 1}", 9))}]\n"
            );
        var faults = folder.FaultsOf(laughs + CatalogFolder.Set);
        Assert.Contains("1: anchor '&a0' is not allowed; write the value out wherever it is needed", faults);
        Assert.Contains("30: alias '*a28' is not allowed; write out what it stands for", faults);
    }

    [Fact]
    public void Alias_InPlaceOfAValue_IsReportedOnceAndTheRestIsRead() =>
        Assert.Equal(
            [
                "2: anchor '&x' is not allowed; write the value out wherever it is needed",
                "3: alias '*x' is not allowed; write out what it stands for",
                "6: set 'demo': 'prefix' is the number 1; expected text, so write it in quotes",
            ],
            folder.FaultsOf(
                CatalogFolder
                    .With(2, "name: &x Tên")
                    .Replace("authority: UBND tỉnh", "authority: *x", StringComparison.Ordinal)
                    .Replace("prefix: DM", "prefix: 1", StringComparison.Ordinal)
            )
        );

    [Fact]
    public void Tag_OnAValue_IsRefused() =>
        Assert.Equal(
            ["2: tag 'tag:yaml.org,2002:str' is not allowed; write the plain value"],
            folder.FaultsOf(CatalogFolder.With(2, "name: !!str Tên"))
        );

    [Theory]
    [InlineData("[")]
    [InlineData("{a: ")]
    [InlineData("- ")]
    public void Nesting_AHundredThousandDeep_IsRefused(string opening)
    {
        var fault = Assert.Single(folder.FaultsOf(string.Concat(Enumerable.Repeat(opening, 100_000))));
        Assert.Equal("1: not YAML: nested more than 32 deep", fault);
    }

    [Fact]
    public void File_OfMoreThanFiveMegabytes_IsRefusedUnread()
    {
        var fault = Assert.Single(folder.FaultsOf(CatalogFolder.Set + new string('#', 5 * 1024 * 1024)));
        Assert.StartsWith("1: the file has 5243", fault, StringComparison.Ordinal);
        Assert.EndsWith("bytes; at most 5242880 are allowed", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Indent_ByTab_IsRefusedOnItsLineWithTheReason()
    {
        var fault = Assert.Single(folder.FaultsOf(CatalogFolder.With(12, "\t\tname: NHÓM A")));
        Assert.StartsWith("12: not YAML: ", fault, StringComparison.Ordinal);
        Assert.EndsWith("; the line is indented by a tab, allowed are blanks", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void File_InWindows1258_IsRefusedOnTheLineOfTheFirstOddByte()
    {
        File.WriteAllBytes(Path.Combine(folder.Root, "set.yaml"), [.. "set: demo\nname: B"u8, 0xF4, .. " x\n"u8]);
        Assert.Equal(
            "byte 0xF4 is not UTF-8; save the file as UTF-8",
            Assert.Single(folder.Read().Faults, fault => fault.Line == 2).Message
        );
    }

    [Fact]
    public void File_WithByteOrderMark_IsRead()
    {
        File.WriteAllText(
            Path.Combine(folder.Root, "set.yaml"),
            CatalogFolder.Set,
            new UTF8Encoding(encoderShouldEmitUTF8Identifier: true)
        );
        Assert.Empty(folder.Read().Faults);
    }

    [Theory]
    [InlineData("", "1: the file is empty; expected a mapping of keys")]
    [InlineData("# only\n", "1: the file is empty; expected a mapping of keys")]
    [InlineData("- a\n", "1: the file is a list; expected a mapping of set, name")]
    [InlineData("name", "1: the file is 'name'; expected a mapping of set, name")]
    public void File_ThatHoldsNoMapping_IsRefused(string text, string expected) =>
        Assert.StartsWith(expected, Assert.Single(folder.FaultsOf(text)), StringComparison.Ordinal);

    [Fact]
    public void File_WithASecondDocument_IsRefusedWhereItBegins() =>
        Assert.Equal(
            ["24: a second document begins; a file holds one"],
            folder.FaultsOf(CatalogFolder.Set + "---\nset: other\n")
        );

    [Fact]
    public void Message_OfAValueWithLineBreakAndEscape_StaysOnOneLine()
    {
        var fault = Assert.Single(folder.FaultsOf(CatalogFolder.With(18, "        frequencies: [\"M\\n\\e[31m\", M]")));
        Assert.Equal(@"18: indicator 'DM-A01': 'frequencies' is 'M\u000A\u001B[31m'; allowed: H, D, W, M, Q, S, A", fault);
    }

    [Fact]
    public void Faults_BeyondAThousand_AreCutAndItIsSaid()
    {
        var faults = folder.FaultsOf(
            CatalogFolder.Set + string.Concat(Enumerable.Range(0, 5000).Select(number => $"k{number}: 1\n"))
        );
        Assert.Equal(1001, faults.Count);
        Assert.Equal("1: more than 1000 faults; the others are not listed", faults[^1]);
    }

    [Fact]
    public void Reader_AnyScrapOfYamlAnywhere_GivesFaultsButNoException()
    {
        var scrap = Gen.Zip(Gen.Choose(0, CatalogFolder.Set.Length), Gen.Zip(Gen.Choose(0, 12), Gen.Elements(Scraps)));
        var path = Path.Combine(folder.Root, "set.yaml");
        Prop.ForAll(
                Gen.ListOf(scrap).ToArbitrary(),
                scraps =>
                {
                    var text = new StringBuilder(CatalogFolder.Set);
                    foreach (var (at, (cut, put)) in scraps.Take(5))
                    {
                        var from = Math.Min(at, text.Length);
                        text.Remove(from, Math.Min(cut, text.Length - from)).Insert(from, put);
                    }
                    File.WriteAllText(path, text.ToString());
                    var reading = CatalogReader.Read(folder.Root);
                    return (reading.Snapshot is null) == (reading.Faults.Count > 0);
                }
            )
            .QuickCheckThrowOnFailure();
    }
}
