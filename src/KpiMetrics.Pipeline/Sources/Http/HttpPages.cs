using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using static System.FormattableString;

namespace KpiMetrics.Pipeline.Sources.Http;

/// <summary>Finds the way through the pages of one answer: by the number in the address, or by the address that each page gives of the next.</summary>
internal sealed class HttpPages(HttpSourceOptions options, SourceQuestion question)
{
    private readonly HashSet<Uri> asked = [];
    private ReadOnlyMemory<byte> last;

    /// <summary>The address to be asked now; null after the last page.</summary>
    public Uri? Next { get; private set; } = HttpAddress.Of(options.Url, question, options.FirstPage);

    /// <summary>Of the page to be asked now, from 1.</summary>
    public int Number { get; private set; } = 1;

    /// <summary>Goes on after a page was read.</summary>
    /// <param name="rows">How many it had.</param>
    /// <exception cref="BrokenReportException">There is no end of it, or it leads away from the source.</exception>
    public void Turn(JToken answer, ReadOnlyMemory<byte> body, int rows)
    {
        if (Next is not { } here)
            throw new InvalidOperationException("There is no page after the last.");
        asked.Add(here);
        Next =
            options.Next.Length > 0 ? Linked(answer, here)
            : options.IsPaged ? Numbered(body, rows)
            : null;
        if (Next is null)
            return;
        if (Number == options.MaxPages)
            throw Broken(Invariant($"more than {options.MaxPages} pages; raise max_pages if that is right"));
        if (asked.Contains(Next))
            throw Broken(Invariant($"page {Number} leads back to a page before it"));
        Number++;
    }

    private Uri? Numbered(ReadOnlyMemory<byte> body, int rows)
    {
        if (rows < Math.Max(1, options.PageSize))
            return null;
        if (body.Span.SequenceEqual(last.Span))
            throw Broken(Invariant($"page {Number} is the same as the one before; is its number taken from the address?"));
        last = body;
        return HttpAddress.Of(options.Url, question, options.FirstPage + Number);
    }

    private Uri? Linked(JToken answer, Uri here)
    {
        var link = Link(answer);
        if (link is null or { Type: JTokenType.Null } || link is JValue { Value: "" })
            return null;
        if (link is not JValue { Value: string text } || !Uri.TryCreate(here, text, out var next))
            throw Broken($"what is at '{options.Next}' is no address of a next page");
        return IsSameServer(here, next) && next.UserInfo.Length == 0
            ? next
            : throw Broken(
                $"the next page is said to be at {HttpFetch.Name(next)}; only {HttpFetch.Name(here)}'s own server is followed"
            );
    }

    private JToken? Link(JToken answer)
    {
        try
        {
            return answer.SelectToken(options.Next);
        }
        catch (JsonException fault)
        {
            throw Broken($"the path '{options.Next}' does not fit: {fault.Message}");
        }
    }

    private static bool IsSameServer(Uri here, Uri next) =>
        Uri.Compare(here, next, UriComponents.SchemeAndServer, UriFormat.UriEscaped, StringComparison.OrdinalIgnoreCase) == 0;

    private BrokenReportException Broken(string what) => new($"source {options.Name}: {what}");
}
