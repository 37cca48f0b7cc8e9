using System.Globalization;
using KpiMetrics.Pipeline.Sources;

namespace KpiMetrics.Simulation.Offices;

/// <summary>What the offices were asked and answered, written down as it happens: what of it survived a kill is a matter of the engine, not of this file.</summary>
internal sealed class QuestionLog(string file) : IDisposable
{
    private readonly FileStream stream = new(file, FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0);
    private readonly Lock gate = new();
    private long visits;

    /// <summary>A new visit; its number is unique among all processes of the run.</summary>
    public string NewVisit() =>
        string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId}.{Interlocked.Increment(ref visits)}");

    /// <summary>An office was asked; <paramref name="kind"/>: Q it answers, F it fails.</summary>
    public void Asked(char kind, string visit, int duty, SourceQuestion question, DateTimeOffset at, DateTimeOffset now) =>
        Write(
            $"{kind} {visit} {duty} {question.First.Index} {question.Last.Index} {at.ToUnixTimeMilliseconds()} {now.ToUnixTimeMilliseconds()}\n"
        );

    /// <summary>The visit is over: all that it brought is committed.</summary>
    public void Done(string visit) => Write($"D {visit}\n");

    public void Dispose() => stream.Dispose();

    private void Write(string line)
    {
        lock (gate)
            stream.Write(System.Text.Encoding.UTF8.GetBytes(line));
    }
}
