using System.Globalization;
using System.Text;

namespace KpiMetrics.Pipeline.Sources;

/// <summary>
/// Keeps answers that could not be understood as files, <c>SOURCE/TIME-QUESTION.txt</c>: why, a blank line, then the answer byte for byte.
/// Of each source the newest <see cref="Most"/>, of each answer its first <see cref="MostBytes"/>.
/// </summary>
/// <param name="clock">Names the files, in UTC.</param>
public sealed class FailedAnswerFolder(string root, TimeProvider clock) : IFailedAnswers
{
    public const int Most = 20;

    /// <summary>1 MiB.</summary>
    public const int MostBytes = 1024 * 1024;

    private const string Ending = ".txt";

    // Two questions of one source may fail at once.
    private readonly Lock gate = new();

    public void Keep(string source, SourceQuestion question, string why, ReadOnlySpan<byte> answer)
    {
        lock (gate)
        {
            try
            {
                var folder = Path.Combine(root, source);
                Directory.CreateDirectory(folder);
                Write(FreeName(folder, question), $"{question}: {why}", answer);
                var old = Directory.EnumerateFiles(folder, "*" + Ending).OrderDescending(StringComparer.Ordinal).Skip(Most);
                foreach (var file in old.ToList())
                    File.Delete(file);
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                // Evidence is worth having; the fault it is evidence of is told without it too.
            }
        }
    }

    private static void Write(string path, string why, ReadOnlySpan<byte> answer)
    {
        var kept = answer[..Math.Min(answer.Length, MostBytes)];
        using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
        file.Write(
            Encoding.UTF8.GetBytes(
                string.Create(CultureInfo.InvariantCulture, $"{why}\n{kept.Length} of {answer.Length} bytes that were read:\n\n")
            )
        );
        file.Write(kept);
    }

    private string FreeName(string folder, SourceQuestion question)
    {
        var time = clock.GetUtcNow().UtcDateTime.ToString("yyyyMMdd'T'HHmmssfff", CultureInfo.InvariantCulture);
        for (var number = 0; ; number++)
        {
            var name = string.Create(
                CultureInfo.InvariantCulture,
                $"{time}-{number:D3}-{question.Indicator}-{question.First}{Ending}"
            );
            var path = Path.Combine(folder, name);
            if (!File.Exists(path))
                return path;
        }
    }
}
