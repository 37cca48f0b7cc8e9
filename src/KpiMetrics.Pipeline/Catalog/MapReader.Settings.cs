using System.Globalization;
using KpiMetrics.Pipeline.Catalog.Yaml;

namespace KpiMetrics.Pipeline.Catalog;

/// <summary>What settings need besides: whole numbers, mappings of any keys, secrets, mappings of several kinds in one list.</summary>
internal sealed partial class MapReader
{
    /// <summary>Null where the key is missing or no whole number.</summary>
    public int? OptionalWhole(string key)
    {
        if (Find(key) is not { } item)
            return null;
        if (
            item is YamlScalar { IsNumber: true } scalar
            && int.TryParse(scalar.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
        )
            return number;
        Refuse(key, item, "expected a whole number such as 30");
        return null;
    }

    /// <summary>Text that no message quotes, whatever it is; empty where the key is missing or its value cannot be read.</summary>
    public string Secret(string key)
    {
        if (Find(key) is not { } item)
            return "";
        if (item is YamlScalar { IsText: true, Text.Length: > 0 } text)
            return text.Text;
        RefuseUnseen(key, item, key);
        return "";
    }

    /// <summary>A mapping of keys of any name to texts, which no message quotes.</summary>
    public IDictionary<string, string> Secrets(string key)
    {
        var pairs = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        if (Find(key) is not { } item)
            return pairs;
        if (item is not YamlMap entries)
        {
            RefuseUnseen(key, item, key);
            return pairs;
        }
        foreach (var entry in entries.Entries)
        {
            if (entry.Value is not YamlScalar { IsText: true, Text.Length: > 0 } text)
                RefuseUnseen(key, entry.Value, $"{key}.{entry.Key}");
            else if (!pairs.TryAdd(entry.Key, text.Text))
                faults.Add(entry.Line, $"{label}: '{key}' has '{entry.Key}' twice");
        }
        return pairs;
    }

    /// <summary>The mappings of a list that are of several kinds, told by the word at <paramref name="kind"/> of each.</summary>
    public IReadOnlyList<T> EachOf<T>(
        string key,
        string kind,
        IReadOnlyDictionary<string, (CatalogShape Shape, Func<MapReader, T> Read)> kinds
    )
        where T : class
    {
        var found = new List<T>();
        foreach (var item in Items(key))
        {
            var word = (item as YamlMap)?.Entries.FirstOrDefault(entry => entry.Key == kind).Value;
            if (word is YamlScalar scalar && kinds.TryGetValue(scalar.Text, out var known))
            {
                if (Inner(key, item, known.Shape, known.Read) is { } value)
                    found.Add(value);
                continue;
            }
            unreadable.Add(key);
            var allowed = string.Join(", ", kinds.Keys);
            if (item is not YamlMap)
                Refuse(key, item, $"expected a mapping with the key '{kind}': {allowed}");
            else if (word is null)
                faults.Add(item.Line, $"{label}: required key '{kind}' is missing; allowed: {allowed}");
            else if (word is not YamlRefused)
                faults.Add(word.Line, $"{label}: '{kind}' is {word.Description}{Meant(word, kinds.Keys)}; allowed: {allowed}");
        }
        return found;
    }

    private static string Meant(YamlItem word, IEnumerable<string> words) =>
        word is YamlScalar scalar && Suggestion.For(scalar.Text, words) is { } meant ? $", did you mean '{meant}'" : "";

    private void RefuseUnseen(string key, YamlItem found, string name)
    {
        unreadable.Add(key);
        if (found is not YamlRefused)
            faults.Add(found.Line, $"{label}: '{name}' is no text; expected text, in quotes where it is a number");
    }
}
