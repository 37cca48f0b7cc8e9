namespace KpiMetrics.Worker.Composition;

/// <summary>Where a command writes: results to <paramref name="Out"/>, everything about them to <paramref name="Error"/>.</summary>
/// <param name="ShowsProgress">True where a person watches <paramref name="Error"/>.</param>
public sealed record Terminal(TextWriter Out, TextWriter Error, bool ShowsProgress)
{
    private bool isShowing;

    /// <summary>Opens standard output for bytes; null where it is a screen, which shows only texts.</summary>
    public Func<Stream>? OpenBinary { get; init; }

    /// <summary>Puts a question to the person who watches, true for yes; null where nobody can answer.</summary>
    public Func<string, bool>? Ask { get; init; }

    public static Terminal OfProcess() =>
        new(Console.Out, Console.Error, !Console.IsErrorRedirected)
        {
            OpenBinary = Console.IsOutputRedirected ? Console.OpenStandardOutput : null,
            Ask = Console.IsInputRedirected || Console.IsErrorRedirected ? null : AskOnConsole,
        };

    /// <summary>Shows how far long work is, on one line; nothing where nobody watches.</summary>
    public void Progress(string text)
    {
        if (!ShowsProgress)
            return;
        Error.Write($"\r{text} ");
        isShowing = true;
    }

    /// <summary>Ends the line of <see cref="Progress"/>, where there is one.</summary>
    public void ProgressDone()
    {
        if (isShowing)
            Error.WriteLine();
        isShowing = false;
    }

    private static bool AskOnConsole(string question)
    {
        Console.Error.Write($"{question} [y/N] ");
        return Console.In.ReadLine()?.Trim() is "y" or "Y" or "yes";
    }
}
