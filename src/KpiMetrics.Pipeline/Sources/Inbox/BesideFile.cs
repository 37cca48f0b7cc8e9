using System.Text;

namespace KpiMetrics.Pipeline.Sources.Inbox;

/// <summary>A text being written: under a temporary name until <see cref="Keep"/>, gone without it.</summary>
internal sealed class BesideFile : IDisposable
{
    private readonly string _temporary;
    private readonly string _target;
    private readonly FileStream _stream;

    public BesideFile(string temporary, string target)
    {
        (_temporary, _target) = (temporary, target);
        _stream = new(temporary, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0); // the writer buffers
        Writer = new(_stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
    }

    public StreamWriter Writer { get; }

    /// <summary>Makes the text durable under its name, in place of one that a dead run left.</summary>
    /// <returns>Its path.</returns>
    public string Keep()
    {
        Writer.Flush();
        _stream.Flush(flushToDisk: true);
        Writer.Dispose();
        File.Move(_temporary, _target, overwrite: true);
        return _target;
    }

    public void Dispose()
    {
        try
        {
            Writer.Dispose();
        }
        finally
        {
            _stream.Dispose();
            File.Delete(_temporary);
        }
    }
}
