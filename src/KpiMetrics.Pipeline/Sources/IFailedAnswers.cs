namespace KpiMetrics.Pipeline.Sources;

/// <summary>Where answers that could not be understood are kept, to be shown to the office that sent them.</summary>
public interface IFailedAnswers
{
    /// <summary>Keeps one; where that fails, nothing is kept and nobody is disturbed.</summary>
    /// <param name="why">One line without secrets.</param>
    /// <param name="answer">As it was sent, or the beginning of it.</param>
    void Keep(string source, SourceQuestion question, string why, ReadOnlySpan<byte> answer);
}
