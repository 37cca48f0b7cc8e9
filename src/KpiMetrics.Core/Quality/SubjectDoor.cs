using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Figures;

namespace KpiMetrics.Core.Quality;

/// <summary>Which line of a measure's breakdown a row may name, by code or by printed name.</summary>
public static class SubjectDoor
{
    private const int Listed = 8;

    /// <summary>The subject's code, empty for a measure without breakdown, or why the text is none.</summary>
    public static DoorFault? Find(Measure measure, string text, out string code)
    {
        code = "";
        if (measure.Subjects.Count == 0)
            return text.Length == 0
                ? null
                : new(RefusalCode.UnknownSubject, $"subject {Shown.Of(text)}: {measure.Code} has no breakdown; leave it empty");
        foreach (var subject in measure.Subjects)
        {
            if (subject.Code == text || string.Equals(subject.Name, text, StringComparison.OrdinalIgnoreCase))
            {
                code = subject.Code;
                return null;
            }
        }
        var allowed = string.Join(", ", measure.Subjects.Take(Listed).Select(subject => subject.Code));
        if (measure.Subjects.Count > Listed)
            allowed += $" and {measure.Subjects.Count - Listed} more";
        return new(RefusalCode.UnknownSubject, $"subject {Shown.Of(text)} is not one of {measure.Code}; allowed: {allowed}");
    }
}
