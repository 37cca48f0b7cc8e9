namespace KpiMetrics.Core.Catalog.Rules;

/// <summary>Codes of sets, groups, subjects, seasons, thresholds and their levels go into tags, addresses and file names as they are.</summary>
public sealed class CodeShapes : ICatalogRule
{
    public IEnumerable<RuleFault> Check(IndicatorSet set)
    {
        if (IsWrong(set.Code, CodePatterns.IsLower))
            yield return new(set, Message("set", set.Code, CodePatterns.LowerExample), "set");
        if (IsWrong(set.Prefix, CodePatterns.IsUpper))
            yield return new(set, Message("prefix", set.Prefix, CodePatterns.UpperExample), "prefix");
        foreach (var group in set.Groups.Where(group => IsWrong(group.Code, CodePatterns.IsUpper)))
            yield return new(group, Message("code", group.Code, CodePatterns.UpperExample), "code");
        foreach (var subject in Subjects(set).Where(subject => IsWrong(subject.Code, CodePatterns.IsLower)))
            yield return new(subject, Message("code", subject.Code, CodePatterns.LowerExample), "code");
        foreach (var season in set.Seasons.Where(season => IsWrong(season.Code, CodePatterns.IsLower)))
            yield return new(season, Message("code", season.Code, CodePatterns.LowerExample), "code");
        foreach (var threshold in set.Measures.SelectMany(measure => measure.Thresholds))
        {
            if (IsWrong(threshold.Code, CodePatterns.IsLower))
                yield return new(threshold, Message("code", threshold.Code, CodePatterns.LowerExample), "code");
            foreach (var level in threshold.Levels.Where(level => IsWrong(level.Code, CodePatterns.IsLower)))
                yield return new(level, Message("code", level.Code, CodePatterns.LowerExample), "code");
        }
    }

    private static bool IsWrong(string code, Func<string, bool> isRight) => code.Length > 0 && !isRight(code);

    private static string Message(string key, string code, string allowed) => $"{key} '{code}' is not made of {allowed}";

    private static IEnumerable<Subject> Subjects(IndicatorSet set) => set.Measures.SelectMany(measure => measure.Subjects);
}
