using System.Net;
using System.Net.Sockets;
using KpiMetrics.Core.Figures;
using KpiMetrics.Worker.Composition;

namespace KpiMetrics.Worker.Api;

/// <summary>One address and port to listen on.</summary>
internal sealed record ApiAddress(IPAddress Address, int Port)
{
    private const string Example = "write http://localhost:5080, or an address in numbers such as http://127.0.0.1:5080";

    public static IEnumerable<string> Faults(ApiOptions options) =>
        Split(options.Urls)
            .Select(url => Fault(url, options.AllowRemote))
            .OfType<string>()
            .Concat(Split(options.Urls).Length == 0 ? [$"Api:Urls is empty; {Example}, or set Api:Enabled=false."] : []);

    /// <summary>Of settings without <see cref="Faults"/>.</summary>
    public static IReadOnlyList<ApiAddress> All(ApiOptions options) =>
        [
            .. Split(options.Urls)
                .Select(text => new Uri(text.Replace("//*", "//0.0.0.0", StringComparison.Ordinal)))
                .SelectMany(url => Hosts(url).Select(host => new ApiAddress(host, url.Port)))
                .Distinct(),
        ];

    /// <summary>Says before anything starts that somebody else listens there.</summary>
    /// <exception cref="CommandException">Somebody does, or the machine has no such address.</exception>
    public void CheckFree()
    {
        try
        {
            using var probe = new TcpListener(Address, Port);
            probe.Start();
        }
        catch (SocketException fault)
        {
            throw new CommandException(
                $"The API cannot listen on {new IPEndPoint(Address, Port)}: {fault.Message}. Set Api:Urls to another address (--Api:Urls=http://localhost:5081), or Api:Enabled=false."
            );
        }
    }

    private static string[] Split(string urls) =>
        urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static string? Fault(string text, bool allowRemote)
    {
        var known = text.Replace("//*", "//0.0.0.0", StringComparison.Ordinal);
        if (!Uri.TryCreate(known, UriKind.Absolute, out var url) || url.Scheme != Uri.UriSchemeHttp)
            return $"Api:Urls is {Shown.Of(text)}; {Example}.";
        if (url.PathAndQuery != "/" || url.UserInfo.Length > 0)
            return $"Api:Urls is {Shown.Of(text)}, with more than an address and a port; {Example}.";
        if (url.Host == "localhost")
            return null;
        if (!IPAddress.TryParse(url.Host, out var address))
            return $"Api:Urls is {Shown.Of(text)}, a name; {Example}.";
        return IPAddress.IsLoopback(address) || allowRemote
            ? null
            : $"Api:Urls is {Shown.Of(text)}, which others can reach; use localhost, or set Api:AllowRemote=true (then every call needs a token).";
    }

    private static IEnumerable<IPAddress> Hosts(Uri url)
    {
        if (url.Host != "localhost")
            return [IPAddress.Parse(url.Host)];
        // Any free port would be another one for each address.
        return Socket.OSSupportsIPv6 && url.Port != 0 && HasLoopbackV6()
            ? [IPAddress.Loopback, IPAddress.IPv6Loopback]
            : [IPAddress.Loopback];
    }

    private static bool HasLoopbackV6()
    {
        try
        {
            using var probe = new TcpListener(IPAddress.IPv6Loopback, 0);
            probe.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
