using System.Globalization;
using System.Text;
using KpiMetrics.Pipeline.Publishing;

namespace KpiMetrics.Tests.Publishing;

/// <summary>Points as InfluxDB keeps them: fields of one address merge, what is not sent stays.</summary>
internal sealed class MemoryStore(StepFaults faults) : IPointWriter
{
    /// <summary>Tags and seconds, then field, then value.</summary>
    public Dictionary<string, SortedDictionary<string, object>> Points { get; } = new(StringComparer.Ordinal);

    /// <summary>Why the store will not take a point; null where it will.</summary>
    public Func<Point, string?> Refuses { get; set; } = _ => null;

    public bool Deletes { get; set; } = true;

    /// <summary>How often it was asked to delete points.</summary>
    public int Deletions { get; private set; }

    /// <summary>Whether it can say what it has.</summary>
    public bool Answers { get; set; } = true;

    public static string NameOf(PointAddress address) =>
        $"{string.Join(',', address.Tags.All.Select(tag => $"{tag.Key}={tag.Value}"))} {address.Seconds}";

    public static SortedDictionary<string, object> FieldsOf(Point point)
    {
        var fields = new SortedDictionary<string, object>(StringComparer.Ordinal);
        void Add(string name, object? value)
        {
            if (value is not null)
                fields[name] = value;
        }
        Add(InfluxNames.Value, point.Value);
        Add(InfluxNames.Pop, point.Pop);
        Add(InfluxNames.Yoy, point.Yoy);
        Add(InfluxNames.Ytd, point.Ytd);
        Add(InfluxNames.Coverage, point.Coverage);
        Add(InfluxNames.Text, point.Text);
        return fields;
    }

    /// <summary>Everything in one text, to compare and to read.</summary>
    public static string Print(IEnumerable<KeyValuePair<string, SortedDictionary<string, object>>> points)
    {
        var text = new StringBuilder();
        foreach (var (name, fields) in points.OrderBy(point => point.Key, StringComparer.Ordinal))
            text.Append(name)
                .Append(' ')
                .AppendJoin(',', fields.Select(field => $"{field.Key}={Text(field.Value)}"))
                .Append('\n');
        return text.ToString();
    }

    public Task PrepareAsync(CancellationToken cancellationToken)
    {
        faults.Run(() => { });
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<RefusedLine>> DeleteAsync(IReadOnlyList<PointAddress> points, CancellationToken cancellationToken)
    {
        Deletions++;
        if (!Deletes)
            return Task.FromResult<IReadOnlyList<RefusedLine>>(
                points.Select((_, index) => new RefusedLine(index, "cannot delete")).ToList()
            );
        var half = points.Count / 2;
        faults.Run(
            () => points.Take(half).ToList().ForEach(point => Points.Remove(NameOf(point))),
            () => points.Skip(half).ToList().ForEach(point => Points.Remove(NameOf(point)))
        );
        return Task.FromResult<IReadOnlyList<RefusedLine>>([]);
    }

    public Task<IReadOnlyList<RefusedLine>> DeleteSeriesAsync(
        IReadOnlyList<PointTags> series,
        CancellationToken cancellationToken
    ) => throw new NotSupportedException("Publishing deletes no series.");

    public Task<IReadOnlyList<PointFields>?> LookAsync(IReadOnlyList<PointAddress> points, CancellationToken cancellationToken) =>
        Answers
            ? Task.FromResult<IReadOnlyList<PointFields>?>([
                .. points.Select(point =>
                    Points.TryGetValue(NameOf(point), out var fields)
                        ? fields.Keys.Aggregate(PointFields.None, (all, name) => all | InfluxNames.FieldOf(name))
                        : PointFields.None
                ),
            ])
            : throw new InfluxUnavailableException("it cannot say");

    public Task<IReadOnlyList<RefusedLine>> WriteAsync(IReadOnlyList<Point> points, CancellationToken cancellationToken)
    {
        var half = points.Count / 2;
        faults.Run(() => points.Take(half).ToList().ForEach(Merge), () => points.Skip(half).ToList().ForEach(Merge));
        return Task.FromResult<IReadOnlyList<RefusedLine>>(
            points
                .Index()
                .Where(point => Refuses(point.Item) is not null)
                .Select(point => new RefusedLine(point.Index, Refuses(point.Item) ?? ""))
                .ToList()
        );
    }

    private static string Text(object value) =>
        value is decimal number ? number.ToString("0.############################", CultureInfo.InvariantCulture) : $"{value}";

    private void Merge(Point point)
    {
        if (Refuses(point) is not null)
            return;
        var name = NameOf(point.Address);
        if (!Points.TryGetValue(name, out var fields))
            Points[name] = fields = new(StringComparer.Ordinal);
        foreach (var (field, value) in FieldsOf(point))
            fields[field] = value;
    }
}
