namespace KpiMetrics.Worker.Composition;

/// <summary>Lets one process at a time publish from a ledger: a file that is held open, and let go by the system even after kill -9.</summary>
internal sealed class PublishLock(string path)
{
    /// <summary>Null where somebody else publishes.</summary>
    public IDisposable? TryTake()
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            return null;
        }
    }
}
