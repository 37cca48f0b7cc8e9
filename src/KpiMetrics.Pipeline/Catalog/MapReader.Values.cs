using System.Globalization;
using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Catalog.Yaml;

namespace KpiMetrics.Pipeline.Catalog;

/// <summary>Values by type; each falls back to an empty one.</summary>
internal sealed partial class MapReader
{
    public bool Has(string key) => Find(key) is not null;

    public bool HasMapping(string key) => Find(key) is YamlMap;

    /// <summary>Empty where the key is missing or its value cannot be read.</summary>
    public string Text(string key) => OptionalText(key) ?? "";

    public string? OptionalText(string key) => Find(key) is { } item ? TextOf(key, item) : null;

    public bool Flag(string key)
    {
        var item = Find(key);
        if (item is YamlScalar { IsFlag: true } scalar)
            return scalar.Text is "true" or "True" or "TRUE";
        if (item is not null)
            Refuse(key, item, "expected true or false");
        return false;
    }

    public T Word<T>(string key, Vocabulary<T> vocabulary)
        where T : struct, Enum => Find(key) is { } item ? WordOf(key, item, vocabulary) ?? default : default;

    /// <summary>The words that could be read. Where none could, the key counts as unreadable; an empty list does not.</summary>
    public IReadOnlyList<T> Words<T>(string key, Vocabulary<T> vocabulary)
        where T : struct, Enum
    {
        var items = Items(key);
        var words = items.Select(item => WordOf(key, item, vocabulary)).OfType<T>().ToList();
        if (words.Count > 0)
            unreadable.Remove(key);
        return words;
    }

    public IReadOnlyList<string> Texts(string key) => [.. Items(key).Select(item => TextOf(key, item)).OfType<string>()];

    public DateOnly Date(string key) => OptionalDate(key) ?? default;

    public DateOnly? OptionalDate(string key) =>
        PeriodAt(key, "a day of the calendar from 1900 to 2199, such as 2026-01-31", Frequency.Day) is { } day
            ? DateOnly.FromDateTime(day.Start)
            : null;

    /// <summary>A date, or a month where the day is not printed, as written.</summary>
    public string DayOrMonth(string key) =>
        PeriodAt(
            key,
            "a day or month of the calendar from 1900 to 2199, such as 2026-01-31 or 2026-01",
            Frequency.Day,
            Frequency.Month
        )
            ?.ToString()
        ?? "";

    /// <summary>A plain number of at most 28 digits.</summary>
    public decimal? OptionalNumber(string key)
    {
        if (Find(key) is not { } item)
            return null;
        if (
            item is YamlScalar { IsNumber: true } scalar
            && decimal.TryParse(
                scalar.Text,
                NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
                CultureInfo.InvariantCulture,
                out var number
            )
        )
            return number;
        Refuse(key, item, "expected a number such as 12 or 0.5");
        return null;
    }

    /// <summary>A year of the calendar; 0 where it is missing or none.</summary>
    public int Year(string key)
    {
        if (OptionalNumber(key) is not { } number || Find(key) is not { } item)
            return 0;
        if (number is >= Period.FirstYear and <= Period.LastYear && decimal.IsInteger(number))
            return (int)number;
        Refuse(key, item, $"expected a year from {Period.FirstYear} to {Period.LastYear}");
        return 0;
    }

    /// <summary>An hour of the clock, <c>19:00</c>; midnight where the key is missing.</summary>
    public TimeOnly TimeOfDay(string key)
    {
        if (OptionalText(key) is not { } text || Find(key) is not { } item)
            return default;
        if (
            TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            && time.Minute == 0
        )
            return time;
        Refuse(key, item, "expected a full hour such as 19:00");
        return default;
    }

    /// <summary>What <paramref name="parse"/> makes of the text; null where the key is missing or it makes nothing of it.</summary>
    /// <param name="expected">What the message says then: <c>allowed: 30m, 6h</c>.</param>
    public T? Parsed<T>(string key, Func<string, T?> parse, string expected)
        where T : class
    {
        if (Find(key) is not { } item)
            return null;
        if (item is YamlScalar { IsText: true } scalar && parse(scalar.Text) is { } value)
            return value;
        Refuse(key, item, expected);
        return null;
    }

    public Period PeriodOf(string key) => PeriodAt(key, $"a period such as {Period.Forms}") ?? default;

    /// <summary>The mappings of a list, each read by <paramref name="read"/> and remembered with its place.</summary>
    public IReadOnlyList<T> Each<T>(string key, CatalogShape shape, Func<MapReader, T> read)
        where T : class => [.. Items(key).Select(item => Inner(key, item, shape, read)).OfType<T>()];

    public T? One<T>(string key, CatalogShape shape, Func<MapReader, T> read)
        where T : class => Find(key) is { } item ? Inner(key, item, shape, read) : null;

    private T? Inner<T>(string key, YamlItem item, CatalogShape shape, Func<MapReader, T> read)
        where T : class
    {
        if (item is not YamlMap map)
        {
            Refuse(key, item, $"expected a mapping of {shape.Allowed}");
            return null;
        }
        var reader = new MapReader(map, shape, faults, places, label);
        var value = read(reader);
        places.Add(value, reader);
        if (reader.unreadable.Count > 0)
            unreadable.Add(key);
        return value;
    }

    private IReadOnlyList<YamlItem> Items(string key)
    {
        var item = Find(key);
        if (item is YamlList list)
            return list.Items;
        if (item is not null)
            Refuse(key, item, "expected a list");
        return [];
    }

    private string? TextOf(string key, YamlItem item)
    {
        if (item is YamlScalar { IsText: true, Text.Length: > 0 } text)
            return text.Text;
        var isUnquoted = item is YamlScalar { IsNumber: true } or YamlScalar { IsFlag: true };
        Refuse(key, item, isUnquoted ? "expected text, so write it in quotes" : "expected text");
        return null;
    }

    private T? WordOf<T>(string key, YamlItem item, Vocabulary<T> vocabulary)
        where T : struct, Enum
    {
        if (item is YamlScalar scalar && vocabulary.TryParse(scalar.Text, out var value))
            return value;
        Refuse(key, item, $"allowed: {vocabulary.Allowed}");
        return null;
    }

    private Period? PeriodAt(string key, string expected, params ReadOnlySpan<Frequency> allowed)
    {
        if (OptionalText(key) is not { } text || Find(key) is not { } item)
            return null;
        if (Period.TryParse(text, out var period, out _) && (allowed.IsEmpty || allowed.Contains(period.Frequency)))
            return period;
        Refuse(key, item, $"expected {expected}");
        return null;
    }
}
