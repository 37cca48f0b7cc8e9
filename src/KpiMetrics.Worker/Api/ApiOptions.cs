using System.ComponentModel.DataAnnotations;
using KpiMetrics.Pipeline.Sources;
using KpiMetrics.Worker.Composition;
using Microsoft.Extensions.Configuration;

namespace KpiMetrics.Worker.Api;

/// <summary>The settings of the API.</summary>
public sealed class ApiOptions
{
    public const string Section = "Api";

    /// <summary>False: nothing listens.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>
    /// Where to listen, separated by semicolons; <c>localhost</c> is 127.0.0.1 and ::1, port 0 (with an address in numbers) is any free one.
    /// Default <c>http://localhost:5080</c>. Without encryption: what goes further than this machine needs a proxy that does TLS.
    /// </summary>
    public string Urls { get; set; } = "http://localhost:5080";

    /// <summary>Allow addresses beyond this machine; then every call needs a token. Default false.</summary>
    public bool AllowRemote { get; set; }

    /// <summary>Calls that may change something, for each token and minute. Default 60, 1..1000000.</summary>
    [Range(1, 1_000_000)]
    public int WritesPerMinute { get; set; } = 60;

    /// <summary>Calls that read, for each token, or address without one, and minute. Default 600, 1..1000000.</summary>
    [Range(1, 1_000_000)]
    public int ReadsPerMinute { get; set; } = 600;

    /// <summary>The largest body taken, in MiB, unpacked where it comes packed. Default 64, 1..1024.</summary>
    [Range(1, 1024)]
    public int MaxBodyMegabytes { get; set; } = 64;

    /// <summary>How long one call may take, in seconds. Default 300, 1..3600.</summary>
    [Range(1, 3600)]
    public int TimeoutSeconds { get; set; } = 300;

    /// <exception cref="CommandException">Something is wrong; the message has one line for each fault.</exception>
    public static ApiOptions Bind(IConfiguration configuration)
    {
        try
        {
            var options = configuration.GetSection(Section).Get<ApiOptions>() ?? new();
            var faults = OptionFaults.Of(options, Section).Concat(ApiAddress.Faults(options)).ToList();
            return faults.Count == 0 ? options : throw new CommandException(string.Join(Environment.NewLine, faults));
        }
        catch (InvalidOperationException fault)
        {
            throw new CommandException($"The settings cannot be read: {fault.Message} {fault.InnerException?.Message}".TrimEnd());
        }
    }
}
