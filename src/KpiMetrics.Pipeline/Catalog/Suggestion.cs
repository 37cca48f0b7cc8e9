namespace KpiMetrics.Pipeline.Catalog;

/// <summary>Finds the word somebody meant when mistyping.</summary>
public static class Suggestion
{
    private const int MaxEdits = 2;

    /// <summary>The nearest of <paramref name="words"/>, at most 2 letters changed, added or left out; null where none is near.</summary>
    public static string? For(string typed, IEnumerable<string> words) =>
        words
            .Where(word => Math.Abs(word.Length - typed.Length) <= MaxEdits)
            .Select(word => (Word: word, Edits: Edits(typed, word)))
            .Where(candidate => candidate.Edits <= Math.Min(MaxEdits, candidate.Word.Length / 2))
            .OrderBy(candidate => candidate.Edits)
            .Select(candidate => candidate.Word)
            .FirstOrDefault();

    private static int Edits(string left, string right)
    {
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var replaced = diagonal + (left[i - 1] == right[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }
        return row[^1];
    }
}
