using System.IO.Compression;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Quality;
using KpiMetrics.Pipeline.Ledger;
using KpiMetrics.Pipeline.Sources;
using static System.FormattableString;

namespace KpiMetrics.Pipeline.Collection;

/// <summary>The answer to a push, as JSON: its counts, and what became of each row, in order; written while the rows go by.</summary>
/// <remarks>Packed as it is written, so that what is held in memory is a few bytes a row.</remarks>
internal sealed class PushAnswer : IDisposable
{
    private const int FlushAt = 16 * 1024;
    private const int FaultsKept = 10;

    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly MemoryStream packed = new();
    private readonly GZipStream results;
    private readonly Utf8JsonWriter json;
    private readonly List<string> foreign = [];
    private readonly List<Refusal> pending = [];
    private bool isAllForeign = true;

    public PushAnswer()
    {
        results = new(packed, CompressionLevel.Fastest, leaveOpen: true);
        json = new(results, Plain);
        json.WriteStartArray();
    }

    /// <summary>What is wrong with the first rows; empty unless every row was refused for being another office's.</summary>
    public IReadOnlyList<string> Foreign => isAllForeign ? foreign : [];

    public void Taken(RawRow row, AppendOutcome outcome)
    {
        WritePending();
        isAllForeign = false;
        json.WriteStartObject();
        json.WriteNumber("row", row.Line);
        json.WriteString("outcome", outcome == AppendOutcome.Recorded ? "recorded" : "repeated");
        EndRow();
    }

    /// <summary>A refused row comes once for each thing that is wrong with it.</summary>
    public void Refused(RefusedRow refused)
    {
        if (pending.Count > 0 && pending[0].Line != refused.Refusal.Line)
            WritePending();
        pending.Add(refused.Refusal);
    }

    /// <summary>The whole answer, gzip; nothing can be added afterwards.</summary>
    /// <param name="receipt">Its report is 0 where nothing was kept.</param>
    public byte[] Complete(ReportReceipt receipt)
    {
        WritePending();
        json.WriteEndArray();
        json.Dispose();
        results.Write("}\n"u8);
        results.Dispose();
        var (report, recorded, repeated, refused) = receipt;
        using var whole = new MemoryStream();
        using (var head = new GZipStream(whole, CompressionLevel.Fastest, leaveOpen: true))
        {
            var id = report == 0 ? "null" : Invariant($"{report}");
            head.Write(
                Encoding.UTF8.GetBytes(
                    Invariant(
                        $"{{\"report\":{id},\"rows\":{recorded + repeated + refused},\"recorded\":{recorded},\"repeated\":{repeated},\"refused\":{refused},\"results\":"
                    )
                )
            );
        }
        packed.Position = 0;
        packed.CopyTo(whole); // one gzip stream may follow another: they are unpacked as one
        return whole.ToArray();
    }

    public void Dispose()
    {
        json.Dispose();
        results.Dispose();
        packed.Dispose();
    }

    private void WritePending()
    {
        if (pending.Count == 0)
            return;
        var first = pending[0];
        if (pending.TrueForAll(refusal => refusal.Code != RefusalCode.WrongAgency))
            isAllForeign = false;
        else if (foreign.Count < FaultsKept)
            foreign.Add(Invariant($"row {first.Line}: {pending.Find(of => of.Code == RefusalCode.WrongAgency)?.Message}"));
        json.WriteStartObject();
        json.WriteNumber("row", first.Line);
        json.WriteString("outcome", "refused");
        Write(first);
        if (pending.Count > 1)
        {
            json.WriteStartArray("errors");
            foreach (var refusal in pending)
            {
                json.WriteStartObject();
                Write(refusal);
                json.WriteEndObject();
            }
            json.WriteEndArray();
        }
        pending.Clear();
        EndRow();
    }

    private void Write(Refusal refusal)
    {
        json.WriteString("code", Vocabularies.Refusals.Word(refusal.Code));
        if (refusal.Cell.Length > 0)
            json.WriteString("field", refusal.Cell);
        json.WriteString("message", refusal.Message);
        json.WriteString("reason", RefusalVietnamese.Text(refusal.Code));
    }

    private void EndRow()
    {
        json.WriteEndObject();
        if (json.BytesPending > FlushAt)
            json.Flush();
    }
}
