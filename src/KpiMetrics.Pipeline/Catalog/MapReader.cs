using KpiMetrics.Pipeline.Catalog.Yaml;

namespace KpiMetrics.Pipeline.Catalog;

/// <summary>
/// Reads one mapping of a file by its shape. Keys that are unknown, doubled or missing are reported at once, values as they
/// are read; what cannot be read becomes an empty value and is remembered, so that no rule complains of it again.
/// </summary>
internal sealed partial class MapReader : IPlace
{
    private readonly YamlMap map;
    private readonly CatalogShape shape;
    private readonly FaultLog faults;
    private readonly Places places;
    private readonly string label;
    private readonly HashSet<string> unreadable = new(StringComparer.Ordinal);

    public MapReader(YamlMap map, CatalogShape shape, FaultLog faults, Places places, string parent = "")
    {
        this.map = map;
        this.shape = shape;
        this.faults = faults;
        this.places = places;
        label = Label(parent);
        CheckKeys();
    }

    public string File => faults.File;

    public int Line => map.Line;

    /// <summary>Reports a rule's fault at the first of its keys that is there, unless one of them could not be read.</summary>
    public void Report(string message, IReadOnlyList<string> keys)
    {
        if (keys.Any(unreadable.Contains))
            return;
        var line = keys.Select(LineOf).FirstOrDefault(line => line is not null) ?? map.Line;
        faults.Add(line, $"{label}: {message}");
    }

    /// <summary>False where the key, or something beneath it, is missing or wrong.</summary>
    public bool CouldRead(string key) => !unreadable.Contains(key);

    private int? LineOf(string key)
    {
        foreach (var entry in map.Entries)
        {
            if (entry.Key == key)
                return entry.Line;
        }
        return null;
    }

    private string Label(string parent)
    {
        var code = shape.NamedBy ?? (shape.Has("code") ? "code" : "set");
        return shape.Has(code) && Find(code) is YamlScalar { Text.Length: > 0 } scalar ? $"{shape.Noun} '{scalar.Text}'"
            : parent.Length > 0 ? $"{parent}, {shape.Noun}"
            : shape.Noun;
    }

    private void CheckKeys()
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in map.Entries)
        {
            if (!shape.Has(entry.Key))
                faults.Add(entry.Line, $"{label}: unknown key '{entry.Key}'{DidYouMean(entry.Key)}; allowed: {shape.Allowed}");
            else if (!seen.Add(entry.Key))
                faults.Add(entry.Line, $"{label}: key '{entry.Key}' is there twice; the first is on line {LineOf(entry.Key)}");
        }
        foreach (var key in shape.Required.Where(key => !seen.Contains(key)))
        {
            unreadable.Add(key);
            faults.Add(map.Line, $"{label}: required key '{key}' is missing");
        }
    }

    private string DidYouMean(string key) =>
        Suggestion.For(key, shape.Required.Concat(shape.Optional)) is { } meant ? $", did you mean '{meant}'" : "";

    private YamlItem? Find(string key)
    {
        if (!shape.Has(key))
            throw new ArgumentException($"Shape '{shape.Name}' has no key '{key}'.", nameof(key));
        foreach (var entry in map.Entries)
        {
            if (entry.Key == key)
                return entry.Value;
        }
        return null;
    }

    private void Refuse(string key, YamlItem found, string expected)
    {
        unreadable.Add(key);
        if (found is not YamlRefused)
            faults.Add(found.Line, $"{label}: '{key}' is {found.Description}; {expected}");
    }
}
