using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Alerting.Alertmanager;
using KpiMetrics.Pipeline.Publishing;
using KpiMetrics.Pipeline.Sources;
using KpiMetrics.Worker.Demo;
using KpiMetrics.Worker.Scheduling;
using Microsoft.Extensions.Configuration;

namespace KpiMetrics.Worker.Composition;

/// <summary>All settings, bound once and checked together.</summary>
public sealed record EngineOptions(
    LedgerOptions Ledger,
    InboxOptions Inbox,
    ScheduleOptions Schedule,
    InfluxOptions Influx,
    ObligationOptions Obligations,
    CheckOptions Checks,
    AlertmanagerOptions Alerting,
    DemoOptions Demo,
    WorkerOptions Worker
)
{
    /// <exception cref="CommandException">Something is wrong; the message has one line for each fault.</exception>
    public static EngineOptions Bind(IConfiguration configuration)
    {
        try
        {
            var options = new EngineOptions(
                configuration.GetSection(LedgerOptions.Section).Get<LedgerOptions>() ?? new(),
                configuration.GetSection("Inbox").Get<InboxOptions>() ?? new(),
                configuration.GetSection("Schedule").Get<ScheduleOptions>() ?? new(),
                configuration.GetSection(InfluxOptions.Section).Get<InfluxOptions>() ?? new(),
                configuration.GetSection("Obligations").Get<ObligationOptions>() ?? new(),
                configuration.GetSection(CheckOptions.Section).Get<CheckOptions>() ?? new(),
                configuration.GetSection(AlertmanagerOptions.Section).Get<AlertmanagerOptions>() ?? new(),
                configuration.GetSection(DemoOptions.Section).Get<DemoOptions>() ?? new(),
                configuration.GetSection(WorkerOptions.Section).Get<WorkerOptions>() ?? new()
            );
            var faults = options.Faults().ToList();
            return faults.Count == 0 ? options : throw new CommandException(string.Join(Environment.NewLine, faults));
        }
        catch (InvalidOperationException fault)
        {
            throw new CommandException($"The settings cannot be read: {fault.Message} {fault.InnerException?.Message}".TrimEnd());
        }
    }

    private IEnumerable<string> Faults()
    {
        if (LedgerStores.FaultIn(Ledger) is { } unusable)
            yield return unusable;
        var faults = OptionFaults
            .Of(Inbox, "Inbox")
            .Concat(OptionFaults.Of(Checks, CheckOptions.Section))
            .Concat(OptionFaults.Of(Demo, DemoOptions.Section))
            .Concat(OptionFaults.Of(Worker, WorkerOptions.Section))
            .Concat(Alerting.Faults());
        foreach (var fault in faults)
            yield return fault;
        if (Obligations.From.Length > 0 && Obligations.Since is null)
            yield return $"Obligations:From is {Shown.Of(Obligations.From)}; write a day such as 2026-11-01.";
        if (Schedule.PublishSeconds is < 1 or > 3600)
            yield return $"Schedule:PublishSeconds is {Schedule.PublishSeconds}; allowed 1..3600.";
        foreach (var (letter, cron) in Schedule.Cron)
        {
            if (!FrequencyCode.TryParse(letter, out _))
                yield return $"Schedule:Cron:{letter} is no frequency; allowed: {FrequencyCode.Allowed}.";
            if (!CollectCron.IsValid(cron))
                yield return $"Schedule:Cron:{letter} is '{cron}', which is not a Quartz cron expression such as '0 30 9 6 * ?'.";
        }
        foreach (var fault in InfluxOptionsValidator.Faults(Influx))
            yield return fault;
    }
}
