using System.Text;
using KpiMetrics.Pipeline.Sources;
using KpiMetrics.Tests.Sources.Http;
using KpiMetrics.Tests.Support;

namespace KpiMetrics.Tests.Sources;

public sealed class FailedAnswerFolderTests : IDisposable
{
    private readonly TempFolder folder = new();
    private readonly ManualClock clock = new(Asking.Now);

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Keep_Answer_IsThereWithItsReasonByteForByte()
    {
        Keep("so-a", "answered 404", [0xFF, 0x00, .. "Sở"u8]);

        var file = Assert.Single(Files("so-a"));
        Assert.Equal("20261120T070000000-000-T-01-2026-10.txt", Path.GetFileName(file));
        Assert.Equal(
            [.. "T-01 2026-10: answered 404\n6 of 6 bytes that were read:\n\n"u8, 0xFF, 0x00, .. "Sở"u8],
            File.ReadAllBytes(file)
        );
    }

    [Fact]
    public void Keep_MoreThanTwenty_LeavesTheNewestOfEachSource()
    {
        for (var i = 0; i < 25; i++)
        {
            Keep("so-a", $"fault {i}", "x"u8);
            if (i % 2 == 0)
                clock.Advance(TimeSpan.FromSeconds(1)); // two of each instant
        }
        Keep("so-b", "fault", "x"u8);

        var faults = Files("so-a").Select(file => File.ReadAllText(file).Split('\n')[0]);
        Assert.Equal(Enumerable.Range(5, 20).Select(i => $"T-01 2026-10: fault {i}"), faults);
        Assert.Single(Files("so-b"));
    }

    [Fact]
    public void Keep_LargeAnswer_IsCutAtAMebibyte()
    {
        Keep("so-a", "too much", new byte[3 * FailedAnswerFolder.MostBytes]);

        var file = Assert.Single(Files("so-a"));
        Assert.InRange(new FileInfo(file).Length, FailedAnswerFolder.MostBytes, FailedAnswerFolder.MostBytes + 200);
        Assert.Contains(
            "1048576 of 3145728 bytes",
            Encoding.UTF8.GetString(File.ReadAllBytes(file)[..100]),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Keep_FolderCannotBeMade_DisturbsNobody()
    {
        folder.Write("failed", "a file where the folder should be");

        Keep("so-a", "fault", "x"u8);

        Assert.True(File.Exists(folder.File("failed")));
    }

    private void Keep(string source, string why, ReadOnlySpan<byte> answer) =>
        new FailedAnswerFolder(folder.File("failed"), clock).Keep(source, Asking.October, why, answer);

    private IReadOnlyList<string> Files(string source) =>
        [.. Directory.GetFiles(Path.Combine(folder.File("failed"), source)).Order(StringComparer.Ordinal)];
}
