namespace KpiMetrics.Worker.Demo;

/// <summary>How something goes up and down within the year; the names stand in levels.csv.</summary>
internal enum DemoSeason
{
    Flat,

    /// <summary>Offices: little at weekends, nearly nothing at Tết.</summary>
    Office,

    /// <summary>Factories: low around Tết, high in autumn.</summary>
    Factory,

    /// <summary>Shops: up before Tết and at the year's end.</summary>
    Trade,

    /// <summary>Rice: harvests in June and October.</summary>
    Harvest,

    /// <summary>Tea and fruit: April to November.</summary>
    Tea,

    /// <summary>Rain from May to September.</summary>
    Rain,

    /// <summary>Guests: summer and around Tết.</summary>
    Guests,

    /// <summary>Budgets: most in December.</summary>
    YearEnd,

    /// <summary>Rises from little in January to its level in December, and begins anew.</summary>
    Rising,

    /// <summary>Fires in the dry months.</summary>
    Dry,

    /// <summary>Only while a storm is there.</summary>
    Storm,
}
