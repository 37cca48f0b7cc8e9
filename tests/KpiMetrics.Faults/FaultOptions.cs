using System.Globalization;

namespace KpiMetrics.Faults;

/// <summary>What is run, and how hard.</summary>
public sealed record FaultOptions
{
    public const string Usage =
        "[--scenario faults|outage|workers] [--minutes N] [--seed N] [--rate N] [--every SECONDS] [--ledger sqlite|postgres] [--workers N] "
        + "[--sets N] [--communes N] [--only TROUBLE,...] [--without TROUBLE,...] [--report FILE] [--keep FOLDER]";

    public string Scenario { get; init; } = "faults";

    /// <summary>How long reports are sent; of an outage, how long InfluxDB is away.</summary>
    public double Minutes { get; init; } = 5;

    /// <summary>Decides what is reported and which trouble comes when.</summary>
    public int Seed { get; init; }

    /// <summary>Reports in a second.</summary>
    public int Rate { get; init; } = 200;

    /// <summary>In each span of so many seconds there is one trouble.</summary>
    public int Every { get; init; } = 60;

    /// <summary>What a province runs, unless told otherwise: PostgreSQL where it is there.</summary>
    public bool IsPostgres { get; init; }

    /// <summary>Two on PostgreSQL, unless told otherwise; an SQLite ledger has one.</summary>
    public int Workers { get; init; }

    /// <summary>
    /// How many sets are reported, up to 26. More of them make a long run what offices do: each figure corrected some times, not hundreds of times.
    /// </summary>
    public int Sets { get; init; } = 2;

    /// <summary>For how many communes each set reports.</summary>
    public int Communes { get; init; } = 120;

    /// <summary>The only troubles; all where empty.</summary>
    public IReadOnlyList<string> Only { get; init; } = [];

    public IReadOnlyList<string> Without { get; init; } = [];

    /// <summary>A file for the figures, as JSON.</summary>
    public string? Report { get; init; }

    /// <summary>An empty folder that is left behind with all logs; else a temporary one.</summary>
    public string? Keep { get; init; }

    /// <summary>Whether the trouble may come.</summary>
    public bool Wants(string trouble) => (Only.Count == 0 || Only.Contains(trouble)) && !Without.Contains(trouble);

    /// <param name="hasPostgres">PostgreSQL's programs are there.</param>
    /// <exception cref="UsageException">An argument is unknown, or has no value of its kind.</exception>
    public static FaultOptions Read(IReadOnlyList<string> arguments, bool hasPostgres)
    {
        var options = new FaultOptions { Seed = Random.Shared.Next(), IsPostgres = hasPostgres };
        for (var at = 0; at < arguments.Count; at += 2)
        {
            var value =
                at + 1 < arguments.Count ? arguments[at + 1] : throw new UsageException($"{arguments[at]} needs a value.");
            try
            {
                options = options.With(arguments[at], value);
            }
            catch (Exception fault) when (fault is FormatException or OverflowException)
            {
                throw new UsageException($"{arguments[at]} {value}: {fault.Message}", fault);
            }
        }
        if (options.Workers == 0)
            options = options with { Workers = options.IsPostgres ? 2 : 1 };
        return !options.IsPostgres && options.Workers > 1
            ? throw new UsageException("Several workers need --ledger postgres: an SQLite ledger has one.")
            : options;
    }

    private FaultOptions With(string name, string value) =>
        name switch
        {
            "--scenario" when value is "faults" or "outage" or "workers" => this with { Scenario = value },
            "--minutes" => this with { Minutes = double.Parse(value, CultureInfo.InvariantCulture) },
            "--seed" => this with { Seed = Whole(value) },
            "--rate" => this with { Rate = Whole(value) },
            "--every" => this with { Every = Whole(value) },
            "--ledger" when value is "sqlite" or "postgres" => this with { IsPostgres = value == "postgres" },
            "--workers" when Whole(value) > 0 => this with { Workers = Whole(value) },
            "--sets" when Whole(value) is > 0 and <= 26 => this with { Sets = Whole(value) },
            "--communes" => this with { Communes = Whole(value) },
            "--only" => this with { Only = value.Split(',') },
            "--without" => this with { Without = value.Split(',') },
            "--report" => this with { Report = value },
            "--keep" => this with { Keep = value },
            _ => throw new UsageException($"{name} {value} is unknown; allowed: {Usage}"),
        };

    private static int Whole(string value) => int.Parse(value, CultureInfo.InvariantCulture);
}
