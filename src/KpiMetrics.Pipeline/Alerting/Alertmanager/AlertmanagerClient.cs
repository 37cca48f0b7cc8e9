using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace KpiMetrics.Pipeline.Alerting.Alertmanager;

/// <summary>One Alertmanager's API.</summary>
/// <param name="place">Its address, with the path that a proxy adds.</param>
internal sealed class AlertmanagerClient(HttpClient http, Uri place, TimeSpan patience)
{
    private static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Uri alerts = new($"{place.AbsoluteUri.TrimEnd('/')}/api/v2/alerts");

    /// <exception cref="AlertmanagerException">It is away, or does not take them.</exception>
    public async Task PostAsync(IEnumerable<TimedPost> posts, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(patience);
        using var body = new ByteArrayContent(Write(posts));
        body.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
        try
        {
            using var answer = await http.PostAsync(alerts, body, limit.Token);
            if (answer.IsSuccessStatusCode)
                return;
            var said = await answer.Content.ReadAsStringAsync(limit.Token);
            throw new AlertmanagerException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"it answered {(int)answer.StatusCode}: {said[..Math.Min(said.Length, 300)]}"
                )
            )
            {
                IsRefusal = (int)answer.StatusCode is 400 or 413 or 422, // something in it, or how much it is
            };
        }
        catch (HttpRequestException fault)
        {
            throw new AlertmanagerException(fault.Message, fault);
        }
        catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
        {
            throw new AlertmanagerException(
                string.Create(CultureInfo.InvariantCulture, $"it did not answer within {patience.TotalSeconds:0.#} s"),
                late
            );
        }
    }

    private static byte[] Write(IEnumerable<TimedPost> posts)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Json))
        {
            json.WriteStartArray();
            foreach (var (post, endsAt) in posts)
            {
                json.WriteStartObject();
                Write(json, "labels", post.Labels);
                Write(json, "annotations", post.Annotations);
                // What ended as soon as it was told: an end that lies ahead would be none.
                json.WriteString("startsAt", Text(post.StartsAt < endsAt ? post.StartsAt : endsAt.AddMilliseconds(-1)));
                json.WriteString("endsAt", Text(endsAt));
                if (post.Annotations.TryGetValue(AlertLabels.Url, out var url))
                    json.WriteString("generatorURL", url);
                json.WriteEndObject();
            }
            json.WriteEndArray();
        }
        return stream.ToArray();
    }

    private static void Write(Utf8JsonWriter json, string name, IReadOnlyDictionary<string, string> texts)
    {
        json.WriteStartObject(name);
        foreach (var (key, value) in texts)
            json.WriteString(key, value);
        json.WriteEndObject();
    }

    private static string Text(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
