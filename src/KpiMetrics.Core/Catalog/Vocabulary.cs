namespace KpiMetrics.Core.Catalog;

/// <summary>The words that set files, exports and messages use for the values of an enum.</summary>
public sealed class Vocabulary<T>
    where T : struct, Enum
{
    private readonly Dictionary<string, T> values = new(StringComparer.Ordinal);
    private readonly Dictionary<T, string> words = [];

    internal Vocabulary(Func<T, string> word)
    {
        foreach (var value in Enum.GetValues<T>())
        {
            words[value] = word(value);
            values[word(value)] = value;
        }
    }

    /// <summary>All words, in the order of the enum.</summary>
    public IReadOnlyCollection<string> Words => words.Values;

    /// <summary>What a message lists as allowed.</summary>
    public string Allowed => string.Join(", ", words.Values);

    public string Word(T value) => words[value];

    /// <summary>Reads a word exactly as written; no other case, no blanks.</summary>
    public bool TryParse(string text, out T value) => values.TryGetValue(text, out value);
}
