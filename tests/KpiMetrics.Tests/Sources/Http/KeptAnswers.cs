using System.Text;
using KpiMetrics.Pipeline.Sources;

namespace KpiMetrics.Tests.Sources.Http;

/// <summary>Remembers what a source wanted kept.</summary>
internal sealed class KeptAnswers : IFailedAnswers
{
    public List<(string Source, string Question, string Why, string Answer)> All { get; } = [];

    public void Keep(string source, SourceQuestion question, string why, ReadOnlySpan<byte> answer) =>
        All.Add((source, question.ToString(), why, Encoding.UTF8.GetString(answer)));
}
