using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace KpiMetrics.Pipeline.Ledger;

/// <summary>The secret that the bearer of a token shows: <c>kpi_</c> and 32 random bytes. Only its hash is ever kept.</summary>
public static class TokenSecret
{
    public const string Prefix = "kpi_";

    private const int Bytes = 32;

    public static string Create() => Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>SHA-256: what is random needs neither salt nor a slow hash.</summary>
    public static byte[] HashOf(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
