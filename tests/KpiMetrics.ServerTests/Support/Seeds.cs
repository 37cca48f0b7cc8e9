namespace KpiMetrics.ServerTests.Support;

/// <summary>The real figures that come with the program.</summary>
internal static class Seeds
{
    public static string Forms => File("cchc-2025-forms.csv");

    public static string Narrative => File("cchc-2025-narrative.csv");

    private static string File(string name) => Path.Combine(AppContext.BaseDirectory, "seeds", "observations", name);
}
