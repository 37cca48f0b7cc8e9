using System.Text;
using FsCheck;
using FsCheck.Fluent;
using KpiMetrics.Pipeline.Sources;
using KpiMetrics.Tests.Support;

namespace KpiMetrics.Tests.Sources.Inbox;

/// <summary>Whatever is in the file: rows, or one broken report.</summary>
public sealed class HostileBytesTests
{
    private static readonly Gen<byte[]> AnyBytes = Gen.Choose(0, 255).Select(value => (byte)value).ArrayOf();

    [Fact]
    public void Csv_RandomBytes_GiveRowsOrABrokenReport() =>
        Prop.ForAll(AnyBytes.ToArbitrary(), bytes => Survives(bytes, "a.csv")).QuickCheckThrowOnFailure();

    [Fact]
    public void Csv_RandomRowsBehindAGoodHeader_GiveRowsOrABrokenReport()
    {
        var pieces = Gen.Elements(
            "a",
            ",",
            ";",
            "\"",
            "\"\"",
            "\n",
            "\r\n",
            "\r",
            " ",
            "5",
            "\t",
            "\0",
            "\uFFFE",
            "ộ",
            "o\u0302\u0323"
        );
        Prop.ForAll(
                pieces.ListOf().ToArbitrary(),
                list => Survives(Encoding.UTF8.GetBytes(Reading.Header + string.Concat(list)), "a.csv")
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(500));
    }

    [Fact]
    public void Xlsx_RandomBytes_GiveRowsOrABrokenReport() =>
        Prop.ForAll(AnyBytes.ToArbitrary(), bytes => Survives([(byte)'P', (byte)'K', 3, 4, .. bytes], "a.xlsx"))
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Xlsx_GoodFileWithBytesChanged_GivesRowsOrABrokenReport()
    {
        using var folder = new TempFolder();
        var path = folder.File("a.xlsx");
        using (var file = new XlsxFile(path, "0.0", "yyyy"))
            file.Sheet("S", XlsxFile.Header, [new("a"), new("b"), new("c"), XlsxFile.Number(5, 1), XlsxFile.Number(5, 2)]);
        var good = File.ReadAllBytes(path);
        var changes = Gen.Choose(0, good.Length - 1).SelectMany(at => Gen.Choose(0, 255), (at, to) => (at, to)).NonEmptyListOf();
        Prop.ForAll(
                changes.ToArbitrary(),
                list =>
                {
                    var bytes = good.ToArray();
                    foreach (var (at, to) in list.Take(8))
                        bytes[at] = (byte)to;
                    return Survives(bytes, "a.xlsx");
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(500));
    }

    private static bool Survives(byte[] bytes, string name)
    {
        try
        {
            Reading.Rows(bytes, name).GetAwaiter().GetResult();
        }
        catch (BrokenReportException fault)
        {
            return !fault.Message.Contains('\n', StringComparison.Ordinal);
        }
        return true;
    }
}
