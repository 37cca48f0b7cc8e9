using System.CommandLine;
using System.Net;
using System.Text.Json;
using KpiMetrics.Worker.Api;
using KpiMetrics.Worker.Composition;

namespace KpiMetrics.Worker.Commands;

/// <summary><c>health</c>: asks the worker on this machine whether it can work, for a container's engine where no shell and no curl is at hand.</summary>
internal sealed class HealthCommand : Command
{
    // Below what a container's engine waits (docker-compose.yml), so that a reason comes and not a kill.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);

    public HealthCommand(CommandContext context)
        : base("health", "Ask the worker that runs on this machine whether it can work: exit code 0, or 1 and why not.") =>
        SetAction(
            context.Guarded(
                async (parsed, cancellationToken) =>
                {
                    var options = ApiOptions.Bind(context.Settings(parsed).Configuration);
                    if (!options.Enabled)
                        throw new CommandException("Nobody can be asked: the API is turned off (Api:Enabled=false).");
                    context.Terminal.Out.WriteLine(await AskAsync(ReadyOf(options), cancellationToken));
                    return ExitCode.Done;
                }
            )
        );

    private static Uri ReadyOf(ApiOptions options)
    {
        var (address, port) = ApiAddress.All(options)[0];
        var near =
            address.Equals(IPAddress.Any) ? IPAddress.Loopback
            : address.Equals(IPAddress.IPv6Any) ? IPAddress.IPv6Loopback
            : address;
        return new($"http://{new IPEndPoint(near, port)}/health/ready");
    }

    private static async Task<string> AskAsync(Uri ready, CancellationToken cancellationToken)
    {
        // A proxy of the environment's stands between us and others, not between us and ourselves.
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = Patience };
        try
        {
            using var answer = await http.GetAsync(ready, cancellationToken);
            var body = await answer.Content.ReadAsStringAsync(cancellationToken);
            return answer.IsSuccessStatusCode
                ? "ready"
                : throw new CommandException(Detail(body) ?? $"{ready} answers {(int)answer.StatusCode}.");
        }
        catch (HttpRequestException fault)
        {
            throw new CommandException($"No worker answers at {ready}: {fault.Message}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new CommandException($"The worker at {ready} did not answer within {Patience.TotalSeconds} s.");
        }
    }

    /// <summary>What problem details say; null where the body is something else.</summary>
    private static string? Detail(string body)
    {
        try
        {
            using var problem = JsonDocument.Parse(body);
            return problem.RootElement.TryGetProperty("detail", out var detail) ? detail.GetString() : null;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
