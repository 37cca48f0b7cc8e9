using System.Globalization;
using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Figures;

namespace KpiMetrics.Worker.Demo;

/// <summary>The levels of <c>seeds/demo/levels.csv</c>; a measure that is not there gets one by its kind and unit.</summary>
public sealed class DemoLevels
{
    private readonly Dictionary<string, DemoLevel> levels;

    private DemoLevels(Dictionary<string, DemoLevel> levels) => this.levels = levels;

    /// <summary>Lines of <c>measure[/subject],size,season[,decimals]</c>; those that begin with # are remarks.</summary>
    /// <exception cref="InvalidDataException">A line is none; the message names it.</exception>
    public static DemoLevels Read(string path)
    {
        var read = new Dictionary<string, DemoLevel>(StringComparer.Ordinal);
        var line = 0;
        foreach (var text in File.ReadLines(path))
        {
            line++;
            if (text.Length == 0 || text[0] == '#')
                continue;
            var parts = text.Split(',');
            if (
                parts.Length is < 3 or > 4
                || !double.TryParse(parts[1], NumberStyles.Float, CultureInfo.InvariantCulture, out var size)
                || !Enum.TryParse<DemoSeason>(parts[2], ignoreCase: true, out var season)
            )
                throw new InvalidDataException(
                    $"{path}:{line}: {Shown.Of(text)} is no level; write measure[/subject],size,season[,decimals]."
                );
            var decimals = parts.Length == 4 ? int.Parse(parts[3], CultureInfo.InvariantCulture) : Decimals(size);
            read[parts[0]] = new(size, season, decimals);
        }
        return new(read);
    }

    internal DemoLevel Of(Measure measure, string subject)
    {
        var level =
            (subject.Length > 0 ? levels.GetValueOrDefault($"{measure.Code}/{subject}") : null)
            ?? levels.GetValueOrDefault(measure.Code)
            ?? ByUnit(measure);
        return Units.IsCount(measure) ? level with { Decimals = 0 } : level;
    }

    private static DemoLevel ByUnit(Measure measure) =>
        measure.Kind switch
        {
            MeasureKind.Ratio when measure.Unit is "%" or null => new(84, DemoSeason.Flat, 2),
            MeasureKind.Ratio => new(8, DemoSeason.Flat, 2),
            MeasureKind.Index => new(104, DemoSeason.Flat, 2),
            MeasureKind.Score => new(Units.IsCode(measure.Unit) ? 0.8 : 85, DemoSeason.Flat, 2),
            _ when Units.IsCounted(measure.Unit) => new(60, DemoSeason.Flat, 0),
            _ => new(120, DemoSeason.Flat, 1),
        };

    private static int Decimals(double size) =>
        size switch
        {
            >= 10_000 => 0,
            >= 500 => 1,
            _ => 2,
        };
}
