namespace KpiMetrics.Pipeline.Catalog;

/// <summary>Where an object of the catalog was read from, and whom to tell what is wrong with it.</summary>
internal interface IPlace
{
    string File { get; }

    int Line { get; }

    /// <summary>Reports a rule's fault at the first of its keys that is there, unless one of them could not be read.</summary>
    void Report(string message, IReadOnlyList<string> keys);
}
