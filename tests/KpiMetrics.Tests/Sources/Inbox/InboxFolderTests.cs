using System.Text;
using KpiMetrics.Core.Quality;
using KpiMetrics.Pipeline.Sources;
using KpiMetrics.Pipeline.Sources.Inbox;
using KpiMetrics.Tests.Support;

namespace KpiMetrics.Tests.Sources.Inbox;

public sealed class InboxFolderTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 14, 5, 9, 123, TimeSpan.FromHours(7));
    private static readonly DateTimeOffset Later = Now.AddDays(20);
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(5);
    private readonly TempFolder _folder = new();

    private InboxFolder Inbox => new(_folder.Path);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void FindFiles_WrittenAtTheSameTime_OnlyReportsInTheOrderOfTheirNames()
    {
        foreach (var name in new[] { "b.xlsx", "a.CSV", "C.csv", "~$b.xlsx", ".a.csv", "a.csv.part", "a.tmp", "a.xls", "a.txt" })
            Drop(name, Now.AddHours(-1));
        foreach (var sub in new[] { "done", "refused", "other", "d.csv" })
            Directory.CreateDirectory(_folder.File(sub));
        _folder.Write("done/x.csv", "");
        File.CreateSymbolicLink(_folder.File("link.csv"), "/etc/hostname");
        Assert.Equal(["C.csv", "a.CSV", "b.xlsx"], Found(Inbox, Now));
    }

    [Fact]
    public void FindFiles_WrittenOneAfterTheOther_InThatOrder()
    {
        Drop("2026-10-sua.csv", Now.AddHours(-1));
        Drop("2026-10.csv", Now.AddHours(-2));
        Assert.Equal(["2026-10.csv", "2026-10-sua.csv"], Found(Inbox, Now));
    }

    [Fact]
    public void FindFiles_NoFolderYet_MakesItAndFindsNothing()
    {
        var path = _folder.File("inbox");
        Assert.Empty(new InboxFolder(path).FindFiles(Settle, Now));
        Assert.True(Directory.Exists(path));
    }

    [Fact]
    public void FindFiles_ChangedLessThanTheSettleTimeAgo_Waits()
    {
        Drop("a.csv", Now);
        Assert.Empty(Found(Inbox, Now));
        Assert.Empty(Found(Inbox, Now + Settle - TimeSpan.FromMilliseconds(1)));
        Assert.Equal(["a.csv"], Found(Inbox, Now + Settle));
        Assert.Equal(["a.csv"], Found(Inbox, TimeSpan.Zero, Now));
    }

    [Fact]
    public void FindFiles_GrowingWithAnOldTimeOfChange_WaitsUntilItStops()
    {
        var inbox = Inbox;
        var old = Now.AddYears(-1);
        Drop("a.csv", Now, "1\n");
        Assert.Empty(Found(inbox, Now));
        Drop("a.csv", old, "12\n");
        Assert.Empty(Found(inbox, Now.AddSeconds(10)));
        Drop("a.csv", old, "123\n");
        Assert.Empty(Found(inbox, Now.AddSeconds(12)));
        Assert.Empty(Found(inbox, Now.AddSeconds(16)));
        Assert.Equal(["a.csv"], Found(inbox, Now.AddSeconds(17)));
    }

    [Theory]
    [InlineData("a.csv", "indicator\nCC-F303,1537", false)] // 1537 of 153771
    [InlineData("a.csv", "", false)]
    [InlineData("a.csv", "indicator\n", true)]
    [InlineData("a.xlsx", "PK\u0003\u0004 the half of a workbook\n", false)]
    [InlineData("a.xlsx", "PK\u0003\u0004 a whole one PK\u0005\u0006 and its end", true)]
    public void FindFiles_WithoutItsEnd_WaitsHalfAMinute(string name, string text, bool isWhole)
    {
        Drop(name, Now, text);

        Assert.Equal(isWhole ? [name] : [], Found(Inbox, Now.AddSeconds(29)));
        Assert.Equal([name], Found(Inbox, Now.AddSeconds(30)));
    }

    [Fact]
    public void Claim_AnotherOfItsNameDroppedMeanwhile_LeavesBothWhole()
    {
        Drop("a.csv", Now, "first\n");
        var claimed = Inbox.Claim(_folder.File("a.csv"));
        Drop("a.csv", Now, "second\n");

        Assert.Equal("first\n", File.ReadAllText(Inbox.Archive(claimed, Now)));
        Assert.Equal("second\n", File.ReadAllText(_folder.File("a.csv")));
    }

    [Fact]
    public void FindFiles_ClaimedBeforeAKill_ComesFirst()
    {
        Inbox.Claim(Drop("b.csv", Now));
        Drop("a.csv", Now.AddMinutes(-5));

        Assert.Equal(["b.csv", "a.csv"], Found(Inbox, Now.AddMinutes(1)));
    }

    [Fact]
    public void FindIgnored_WhatIsNeverRead_IsNamedWithTheReason()
    {
        Drop("a.csv", Now);
        Drop("a.pdf", Now);
        Drop(".hidden", Now);
        Drop("a.csv.part", Now);
        Directory.CreateDirectory(_folder.File("b.csv"));
        File.CreateSymbolicLink(_folder.File("c.csv"), _folder.File("a.csv"));

        var ignored = Inbox.FindIgnored().OrderBy(entry => entry.Name, StringComparer.Ordinal).ToList();

        Assert.Equal(["a.pdf", "b.csv", "c.csv"], ignored.Select(entry => entry.Name));
        Assert.Equal(["neither .csv nor .xlsx", "a folder", "a link"], ignored.Select(entry => entry.Why.Split(';')[0]));
    }

    [Fact]
    public void BeginRefusals_ReportNamedAsAListOfOurs_IsNotDeletedAsALeftover()
    {
        var first = Inbox.Archive(Drop("bao.csv.refused.csv", Now), Now);
        var second = Drop("bao.csv", Now);
        using (var refusals = Inbox.BeginRefusals(second, Now))
            refusals.Complete();
        Inbox.Archive(second, Now);

        Assert.True(File.Exists(first));
        Assert.DoesNotContain(".refused.csv", first, StringComparison.Ordinal);
    }

    [Fact]
    public void Complete_NothingRefused_LeavesNoFileForAKillToLeave()
    {
        using var refusals = Inbox.BeginRefusals(Inbox.Claim(Drop("a.csv", Now)), Now);
        Assert.NotEmpty(Files("done"));

        Assert.Null(refusals.Complete());

        Assert.Empty(Files("done"));
    }

    [Fact]
    public void FindFiles_TimeOfChangeInTheFuture_CountsFromWhenItWasSeen()
    {
        var inbox = Inbox;
        Drop("a.csv", Now.AddYears(1));
        Assert.Empty(Found(inbox, Now));
        Assert.Equal(["a.csv"], Found(inbox, Now + Settle));
    }

    [Fact]
    public void Archive_File_GoesToItsMonthUnderItsTime()
    {
        var file = Drop("Số liệu.csv", Now, "x");
        var place = Inbox.Archive(file, Now);
        Assert.Equal(_folder.File("done/2026-11/20261120T140509123-Số liệu.csv"), place);
        Assert.Equal("x", File.ReadAllText(place));
        Assert.False(File.Exists(file));
        Assert.Equal(place, Inbox.Archive(file, Now));
    }

    [Fact]
    public void Archive_PlaceTaken_TakesAnotherAndOverwritesNothing()
    {
        var first = Inbox.Archive(Drop("a.csv", Now, "1"), Now);
        var second = Inbox.Archive(Drop("a.csv", Now, "2"), Now);
        Assert.Equal(("1", "2"), (File.ReadAllText(first), File.ReadAllText(second)));
        Assert.EndsWith("20261120T140509123-2-a.csv", second, StringComparison.Ordinal);
    }

    [Fact]
    public void Archive_FileNeitherHereNorThere_Throws() =>
        Assert.Throws<FileNotFoundException>(() => Inbox.Archive(_folder.File("a.csv"), Now));

    [Fact]
    public void Archive_VeryLongName_IsShortenedToFit()
    {
        var name = new string('ệ', 80) + ".csv";
        var file = Drop(name, Now, "x");
        var refusals = WriteRefusals(file, Now, [Refused("1.234")]);
        var place = Inbox.Archive(file, Now);
        Assert.Equal(place + ".refused.csv", refusals);
        Assert.EndsWith("ệ.csv", place, StringComparison.Ordinal);
    }

    [Fact]
    public void WriteRefusals_Rows_StandBesideTheArchivedFile()
    {
        var file = Drop("a.csv", Now);
        var written = WriteRefusals(file, Now, [Refused("1.234"), Refused("a,\"b\"\nc")]);
        Assert.Equal(Inbox.Archive(file, Now) + ".refused.csv", written);
        var bytes = File.ReadAllBytes(_folder.File("done/2026-11/20261120T140509123-a.csv.refused.csv"));
        Assert.Equal([0xEF, 0xBB, 0xBF], bytes[..3]);
        Assert.Equal(
            "line,cell,indicator,measure,area,period,value,subject,status,vintage,note,unit,agency,reason,message\r\n"
                + "7,S!E7,LC-A01,LC-A01.03,24,2026-11,1.234,,,,ghi chú,,,Số viết sai hoặc có thể hiểu theo hai cách,could be two numbers\r\n"
                + "7,S!E7,LC-A01,LC-A01.03,24,2026-11,\"a,\"\"b\"\"\nc\",,,,ghi chú,,,Số viết sai hoặc có thể hiểu theo hai cách,could be two numbers\r\n",
            Encoding.UTF8.GetString(bytes[3..])
        );
    }

    [Theory]
    [InlineData("=HYPERLINK(\"x\")", "'=HYPERLINK")]
    [InlineData("+1", "'+1")]
    [InlineData("-5,0", "'-5,0")]
    [InlineData("@SUM(A1)", "'@SUM")]
    [InlineData("\tx", "'\tx")]
    [InlineData("\rx", "'\rx")]
    public void WriteRefusals_CellASpreadsheetWouldRun_IsPrefixed(string value, string expected)
    {
        var written = WriteRefusals(Drop("a.csv", Now), Now, [Refused(value)]);
        Assert.NotNull(written);
        Assert.Contains($",\"{expected}", File.ReadAllText(written), StringComparison.Ordinal);
    }

    [Fact]
    public void WriteRefusals_NoRows_LeavesNoFile()
    {
        var file = Drop("a.csv", Now);
        WriteRefusals(file, Now, [Refused("5")]);
        Assert.Null(WriteRefusals(file, Now, []));
        Assert.Empty(Files("done"));
    }

    [Fact]
    public void WriteRefusals_ThrownInTheMiddle_LeavesNothingThatCountsAndIsRepeatable()
    {
        var file = Drop("a.csv", Now);
        Assert.Throws<InvalidOperationException>(() => WriteRefusals(file, Now, Breaking()));
        Assert.All(Files("done"), left => Assert.StartsWith(".", Path.GetFileName(left), StringComparison.Ordinal));
        WriteRefusals(file, Now, [Refused("5")]);
        Inbox.Archive(file, Now);
        Assert.Equal(2, Files("done").Length);

        static IEnumerable<RefusedRow> Breaking()
        {
            yield return Refused("5");
            throw new InvalidOperationException("the power goes out");
        }
    }

    [Fact]
    public void Inbox_KilledBetweenRefusalsAndArchive_EndsAsIfNeverKilled()
    {
        var file = Drop("a.csv", Now, "x");
        var other = Inbox.Archive(Drop("b-a.csv", Now), Now);
        WriteRefusals(file, Now, [Refused("5")]);
        // Killed here; the next run receives the file anew, in another month.
        var written = WriteRefusals(file, Later, [Refused("5")]);
        var place = Inbox.Archive(file, Later);
        Assert.Equal(place + ".refused.csv", written);
        Assert.Equal(new[] { other, place, written }.Order(StringComparer.Ordinal).ToArray(), Files("done"));
        Assert.Empty(Found(Inbox, Later));
    }

    [Fact]
    public void SetAside_BrokenFile_GoesToRefusedWithItsReason()
    {
        var file = Drop("a.xlsx", Now, "x");
        var place = Inbox.SetAside(file, Now, "a.xlsx: không đọc được");
        Assert.Equal(_folder.File("refused/2026-11/20261120T140509123-a.xlsx"), place);
        Assert.Equal("a.xlsx: không đọc được", File.ReadAllText(place + ".reason.txt").TrimEnd());
        Assert.Equal(place, Inbox.SetAside(file, Now, "again"));
        Assert.Equal([place, place + ".reason.txt"], Files("refused"));
        Assert.False(File.Exists(file));
    }

    [Theory]
    [InlineData("", "7: wrong")]
    [InlineData("S!E7", "7: S!E7: wrong")]
    public void Refusal_ToString_NamesTheCellWhereThereIsOne(string cell, string expected) =>
        Assert.Equal(expected, new Refusal(7, cell, RefusalCode.BadNumber, "wrong").ToString());

    private static RefusedRow Refused(string value) =>
        new(
            new RawRow(7)
            {
                Indicator = new("LC-A01", CellKind.Text, ""),
                Measure = new("LC-A01.03", CellKind.Text, ""),
                Area = new("24", CellKind.Text, ""),
                Period = new("2026-11", CellKind.Text, ""),
                Value = new(value, CellKind.Text, ""),
                Note = new("ghi chú", CellKind.Text, ""),
            },
            new(7, "S!E7", RefusalCode.BadNumber, "could be two numbers")
        );

    private static string[] Found(InboxFolder inbox, DateTimeOffset now) => Found(inbox, Settle, now);

    private static string[] Found(InboxFolder inbox, TimeSpan settle, DateTimeOffset now) =>
        [.. inbox.FindFiles(settle, now).Select(file => Path.GetFileName(file))];

    private string[] Files(string under) =>
        [.. Directory.GetFiles(_folder.File(under), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];

    private string Drop(string name, DateTimeOffset writtenAt, string text = "x\n")
    {
        var path = _folder.Write(name, text);
        File.SetLastWriteTimeUtc(path, writtenAt.UtcDateTime);
        return path;
    }

    private string? WriteRefusals(string file, DateTimeOffset receivedAt, IEnumerable<RefusedRow> refused)
    {
        using var refusals = Inbox.BeginRefusals(file, receivedAt);
        foreach (var row in refused)
            refusals.Add(row);
        return refusals.Complete();
    }
}
