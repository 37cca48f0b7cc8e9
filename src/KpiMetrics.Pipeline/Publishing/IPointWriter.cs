namespace KpiMetrics.Pipeline.Publishing;

/// <summary>A store of points. Everything it does may be done twice with the same result.</summary>
/// <remarks>
/// A point that the store will never take comes back as a <see cref="RefusedLine"/> while the others go through; all else that goes
/// wrong throws, and then part of the work may be done.
/// </remarks>
public interface IPointWriter
{
    /// <summary>Makes sure that there is a database with long shards, where the store lets us; if not, writing will say so.</summary>
    /// <exception cref="InfluxUnavailableException">The store cannot be reached or cannot work now: try again later.</exception>
    /// <exception cref="InfluxRefusedException">The settings are wrong: somebody must act.</exception>
    Task PrepareAsync(CancellationToken cancellationToken);

    /// <summary>Removes points with all their fields; one that is not there is no fault.</summary>
    /// <exception cref="InfluxUnavailableException">The store cannot be reached or cannot work now: try again later.</exception>
    /// <exception cref="InfluxRefusedException">The settings are wrong: somebody must act.</exception>
    Task<IReadOnlyList<RefusedLine>> DeleteAsync(IReadOnlyList<PointAddress> points, CancellationToken cancellationToken);

    /// <summary>Removes all points of whole series, also of such as were never ours.</summary>
    /// <param name="series">Tags with their values; an empty value stands for a tag that the series lacks and others have.</param>
    /// <exception cref="InfluxUnavailableException">The store cannot be reached or cannot work now: try again later.</exception>
    /// <exception cref="InfluxRefusedException">The settings are wrong: somebody must act.</exception>
    Task<IReadOnlyList<RefusedLine>> DeleteSeriesAsync(IReadOnlyList<PointTags> series, CancellationToken cancellationToken);

    /// <summary>Which fields of ours the store has of each point; null where it cannot be asked, as by a user that may only write.</summary>
    /// <exception cref="InfluxUnavailableException">The store cannot be reached or cannot work now: try again later.</exception>
    Task<IReadOnlyList<PointFields>?> LookAsync(IReadOnlyList<PointAddress> points, CancellationToken cancellationToken);

    /// <summary>Writes points; fields that a point in the store has and the one written lacks stay, so delete it before.</summary>
    /// <exception cref="InfluxUnavailableException">The store cannot be reached or cannot work now: try again later.</exception>
    /// <exception cref="InfluxRefusedException">The settings are wrong: somebody must act.</exception>
    Task<IReadOnlyList<RefusedLine>> WriteAsync(IReadOnlyList<Point> points, CancellationToken cancellationToken);
}
