using System.Net;
using System.Net.Sockets;

namespace KpiMetrics.Faults.Wires;

/// <summary>One connection that a <see cref="Wire"/> carries.</summary>
internal sealed class WireConnection(Wire wire, Socket near) : IDisposable
{
    private const int PieceBytes = 16 * 1024;

    private readonly Socket far = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };

    public async Task CarryAsync(int target, CancellationToken cancellationToken)
    {
        try
        {
            near.NoDelay = true;
            await far.ConnectAsync(new IPEndPoint(IPAddress.Loopback, target), cancellationToken);
            await Task.WhenAll(
                PumpAsync(near, far, isAnswer: false, cancellationToken),
                PumpAsync(far, near, isAnswer: true, cancellationToken)
            );
            near.Dispose();
            far.Dispose();
        }
        catch (Exception fault) when (fault is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            Dispose();
        }
    }

    /// <summary>Ends it so that both sides see an error, not an end.</summary>
    public void Dispose()
    {
        foreach (var side in (Socket[])[near, far])
        {
            try
            {
                side.LingerState = new(enable: true, seconds: 0);
            }
            catch (Exception fault) when (fault is SocketException or ObjectDisposedException)
            {
                // Its other side was faster.
            }
            side.Dispose();
        }
    }

    private async Task PumpAsync(Socket from, Socket to, bool isAnswer, CancellationToken cancellationToken)
    {
        try
        {
            var piece = new byte[PieceBytes];
            while (await from.ReceiveAsync(piece, cancellationToken) is > 0 and var count)
            {
                var length = await PassAsync(count, isAnswer, cancellationToken);
                await SendAsync(to, piece.AsMemory(0, length), cancellationToken);
                if (length == count)
                    continue;
                Dispose();
                return;
            }
            to.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            // A side that was killed: the other learns of it at once, as without the wire; the other direction may wait for its next word for long.
            Dispose();
            throw;
        }
    }

    /// <summary>Waits as long as the wire makes a piece wait, and says how much of it arrives.</summary>
    private async Task<int> PassAsync(int count, bool isAnswer, CancellationToken cancellationToken)
    {
        while (wire.Trouble is { Kind: TroubleKind.Silent } silence)
            await silence.Over.WaitAsync(cancellationToken);
        var trouble = wire.Trouble;
        if (trouble.Kind == TroubleKind.Slow)
            await Task.Delay(trouble.Delay, cancellationToken);
        // Whatever tears, tears anywhere; this needs no seed, as nothing else depends on it.
        return trouble.Kind == TroubleKind.Torn && isAnswer && Random.Shared.Next(3) == 0 ? Random.Shared.Next(count) : count;
    }

    private static async Task SendAsync(Socket to, ReadOnlyMemory<byte> piece, CancellationToken cancellationToken)
    {
        while (piece.Length > 0)
            piece = piece[await to.SendAsync(piece, cancellationToken)..];
    }
}
