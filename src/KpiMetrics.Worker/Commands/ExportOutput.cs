using System.Text;
using KpiMetrics.Worker.Composition;

namespace KpiMetrics.Worker.Commands;

/// <summary>Where an export goes: straight to standard output, or to a temporary file that becomes the result when it is complete.</summary>
internal sealed class ExportOutput : IDisposable
{
    private readonly string? target;
    private readonly Func<Stream>? copyTo;
    private readonly FileStream? file;
    private readonly TextWriter? text;

    // On standard output a text appears as it is written.
    private ExportOutput(TextWriter terminal) => text = terminal;

    private ExportOutput(string temporary, string? target, Func<Stream>? copyTo)
    {
        (this.target, this.copyTo) = (target, copyTo);
        file = new(temporary, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);
        text = new StreamWriter(file, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
    }

    public TextWriter Text => text ?? throw new InvalidOperationException("This output takes bytes.");

    /// <summary>Seekable; only for formats that are binary.</summary>
    public Stream Bytes => file ?? throw new InvalidOperationException("This output takes texts.");

    /// <summary>The full path of the file to write; null for standard output.</summary>
    /// <exception cref="CommandException">The path can take no file, or standard output cannot take the format.</exception>
    public static string? Check(string? path, FigureFormat format, Terminal terminal)
    {
        if (path is null)
        {
            return !format.IsBinary || terminal.OpenBinary is not null
                ? null
                : throw new CommandException(
                    $"--format {format.Name} is no text to show on a screen; name a file with --out FILE, or redirect standard output."
                );
        }
        if (string.IsNullOrWhiteSpace(path))
            throw new CommandException($"--out is '{path}'; the name of a file is needed.");
        var full = Path.GetFullPath(path);
        if (Directory.Exists(full) || Path.GetDirectoryName(full) is not { } folder || full.EndsWith(Path.DirectorySeparatorChar))
            throw new CommandException($"--out '{path}' is a folder; the name of a file is needed.");
        if (!Directory.Exists(folder))
            throw new CommandException($"--out '{path}': there is no folder '{folder}'.");
        // A finished file takes the place of what bears its name; it must not be /dev/null.
        return folder != "/dev"
            ? full
            : throw new CommandException($"--out '{path}' is a device; redirect standard output instead.");
    }

    /// <param name="target">What <see cref="Check"/> returned.</param>
    public static ExportOutput Open(string? target, FigureFormat format, Terminal terminal)
    {
        if (target is not null)
            return new($"{target}.{Guid.NewGuid():N}.tmp", target, null);
        return format.IsBinary
            ? new(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), null, terminal.OpenBinary)
            : new(terminal.Out);
    }

    /// <summary>The export is complete: its file takes its name, in place of an older one; without it nothing is left.</summary>
    public void Keep()
    {
        if (file is null)
            return;
        text?.Flush();
        file.Flush(flushToDisk: true);
        if (target is not null)
        {
            file.Dispose();
            File.Move(file.Name, target, overwrite: true);
        }
        else if (copyTo is not null)
        {
            using var output = copyTo();
            file.Position = 0;
            file.CopyTo(output);
        }
    }

    public void Dispose()
    {
        if (file is null)
            return;
        file.Dispose();
        File.Delete(file.Name);
    }
}
