using System.Buffers;
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
/// <remarks>Packed as it is written, so that what is held in memory is a few bytes a row; a short one at its end, in one go.</remarks>
internal sealed class PushAnswer : IDisposable
{
    private const int FlushAt = 16 * 1024;
    private const int FaultsKept = 10;

    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly ArrayBufferWriter<byte> rows = new();
    private readonly MemoryStream packed = new();
    private readonly Utf8JsonWriter json;
    private readonly List<string> foreign = [];
    private readonly List<Refusal> pending = [];
    private GZipStream? results; // null: all that was written so far is in rows
    private bool isAllForeign = true;

    public PushAnswer()
    {
        json = new(rows, Plain);
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
        json.WriteString("outcome", outcome == AppendOutcome.Repeated ? "repeated" : "recorded");
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
        rows.Write("}\n"u8);
        if (results is not null)
        {
            results.Write(rows.WrittenSpan);
            results.Dispose();
        }
        using var whole = new MemoryStream();
        using (var gzip = new GZipStream(whole, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(Head(receipt));
            if (results is null)
                gzip.Write(rows.WrittenSpan);
        }
        packed.Position = 0;
        packed.CopyTo(whole); // one gzip stream may follow another: they are unpacked as one
        return whole.ToArray();
    }

    public void Dispose()
    {
        json.Dispose();
        results?.Dispose();
        packed.Dispose();
    }

    private static byte[] Head(ReportReceipt receipt)
    {
        var (report, recorded, repeated, refused) = receipt;
        var id = report == 0 ? "null" : Invariant($"{report}");
        return Encoding.UTF8.GetBytes(
            Invariant(
                $"{{\"report\":{id},\"rows\":{recorded + repeated + refused},\"recorded\":{recorded},\"repeated\":{repeated},\"refused\":{refused},\"results\":"
            )
        );
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
        if (rows.WrittenCount + json.BytesPending <= FlushAt)
            return;
        json.Flush();
        results ??= new(packed, CompressionLevel.Fastest, leaveOpen: true);
        results.Write(rows.WrittenSpan);
        rows.ResetWrittenCount();
    }
}
