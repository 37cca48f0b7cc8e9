using KpiMetrics.Worker.Composition;
using KpiMetrics.Worker.Scheduling.Changes;

namespace KpiMetrics.Worker.Commands.Schedule;

/// <summary>Tells a person or a program what came of a change: what it means on standard output, faults and warnings on standard error.</summary>
internal sealed class ScheduleAnswer(Terminal terminal, bool asJson)
{
    private bool wasShown;

    /// <summary>Where only warnings stand in the way and somebody watches: shows what it means and asks.</summary>
    public bool MayInsist(ScheduleVerdict verdict)
    {
        if (asJson || terminal.Ask is not { } ask || verdict is not { Done: null, Faults.Count: 0, Warnings.Count: > 0 })
            return false;
        Preview(verdict);
        wasShown = true;
        return ask("Change it all the same?");
    }

    /// <summary>What came of a change.</summary>
    /// <returns>Failed where nothing was changed.</returns>
    public int Give(ScheduleVerdict verdict)
    {
        if (verdict.Faults.Count > 0)
            return Show(verdict);
        if (asJson)
            terminal.Out.WriteLine(ScheduleJson.Verdict(verdict));
        else
        {
            if (!wasShown)
                Preview(verdict);
            if (verdict.Done is { } done)
                terminal.Out.WriteLine(ScheduleText.Done(done));
            else
                terminal.Error.WriteLine("Nothing was changed; --yes changes it though there are warnings.");
        }
        return verdict.Done is null ? ExitCode.Failed : ExitCode.Done;
    }

    /// <summary>What a change would mean.</summary>
    /// <returns>Failed where it would be refused.</returns>
    public int Show(ScheduleVerdict verdict)
    {
        if (asJson)
            terminal.Out.WriteLine(ScheduleJson.Verdict(verdict));
        else if (verdict.Faults.Count == 0)
            Preview(verdict);
        if (!asJson)
        {
            foreach (var fault in verdict.Faults)
                terminal.Error.WriteLine(fault.Message);
        }
        return verdict.Faults.Count == 0 ? ExitCode.Done : ExitCode.Failed;
    }

    private void Preview(ScheduleVerdict verdict)
    {
        if (verdict.Jobs.Count > 0)
            terminal.Out.WriteLine(ScheduleText.Preview(verdict));
        foreach (var warning in verdict.Warnings)
            terminal.Error.WriteLine($"warning: {warning.Message}");
    }
}
