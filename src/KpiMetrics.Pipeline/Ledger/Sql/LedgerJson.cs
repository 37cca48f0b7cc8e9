using System.Text.Encodings.Web;
using System.Text.Json;

namespace KpiMetrics.Pipeline.Ledger.Sql;

/// <summary>How audit details are written: compact, Vietnamese as it is.</summary>
internal static class LedgerJson
{
    public static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
