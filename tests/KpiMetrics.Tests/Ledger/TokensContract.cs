using System.Text.Json;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Ledger;
using KpiMetrics.Tests.Support;

namespace KpiMetrics.Tests.Ledger;

/// <summary>What every ledger promises of tokens, and of the answers to pushes.</summary>
public abstract class TokensContract
{
    private static readonly DateTimeOffset At = new(2026, 11, 20, 14, 0, 0, TimeSpan.FromHours(7));
    private static readonly byte[] Hash = TokenSecret.HashOf("kpi_one");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    protected abstract Task<ILedger> CreateAsync();

    [Fact]
    public async Task Token_Created_IsFoundByItsHashAndAudited()
    {
        var ledger = await CreateAsync();
        var tokens = (ITokens)ledger;

        var made = await tokens.CreateTokenAsync(
            new("Sở", TokenRole.Agency, "Sở", "test", At.AddDays(1)),
            Hash,
            "cli",
            At,
            Cancelled
        );

        Assert.Equal(new(made.Id, "Sở", TokenRole.Agency, "Sở", "test", At, "cli", At.AddDays(1), null, null), made);
        Assert.Equal(made, await tokens.FindTokenAsync(Hash, Cancelled));
        Assert.Null(await tokens.FindTokenAsync(TokenSecret.HashOf("kpi_two"), Cancelled));
        var entry = Assert.Single(await ledger.ReadAuditAsync(9, Cancelled));
        Assert.Equal(("cli", "token create", At), (entry.Actor, entry.Action, entry.At));
        Assert.Equal(made.Id, JsonElement.Parse(entry.Details).GetProperty("token").GetInt64());
    }

    [Fact]
    public async Task Token_RevokedTwice_StaysAsItWasRevokedFirst()
    {
        var ledger = await CreateAsync();
        var tokens = (ITokens)ledger;
        var made = await tokens.CreateTokenAsync(new("x", TokenRole.Admin, null, null, null), Hash, "cli", At, Cancelled);

        await tokens.RevokeTokenAsync(made.Id, "cli", At.AddHours(1), Cancelled);
        var revoked = await tokens.RevokeTokenAsync(made.Id, "cli", At.AddHours(2), Cancelled);

        Assert.Equal(At.AddHours(1), revoked?.RevokedAt);
        Assert.Equal(2, (await ledger.ReadAuditAsync(9, Cancelled)).Count);
        Assert.Null(await tokens.RevokeTokenAsync(made.Id + 1, "cli", At, Cancelled));
    }

    [Fact]
    public async Task Push_CommittedTwiceWithOneKey_IsKeptOnce()
    {
        var ledger = await CreateAsync();
        var token = await ((ITokens)ledger).CreateTokenAsync(
            new("x", TokenRole.Admin, null, null, null),
            Hash,
            "cli",
            At,
            Cancelled
        );
        var key = new PushKey(token.Id, "key-00001");

        await PushAsync(ledger, key, 1m, [1, 2]);
        await Assert.ThrowsAsync<PushTakenException>(() => PushAsync(ledger, key, 2m, [3]));

        var receipt = await ((IPushReceipts)ledger).FindPushAsync(key, At, Cancelled);
        Assert.Equal([1, 2], receipt?.Answer.ToArray());
        Assert.Equal(["1"], await ValuesAsync(ledger));
    }

    /// <summary>Nothing of it is new, so that no obligation is looked at; its key counts all the same.</summary>
    [Fact]
    public async Task Push_ThatRepeatsWhatIsKnown_IsKeptOnceByItsKey()
    {
        var ledger = await CreateAsync();
        var token = await ((ITokens)ledger).CreateTokenAsync(
            new("x", TokenRole.Admin, null, null, null),
            Hash,
            "cli",
            At,
            Cancelled
        );
        var (first, second) = (new PushKey(token.Id, "key-00001"), new PushKey(token.Id, "key-00002"));
        await PushAsync(ledger, first, 1m, [1]);

        await Assert.ThrowsAsync<PushTakenException>(() => PushAsync(ledger, first, 1m, [2], At.AddMinutes(1)));
        await PushAsync(ledger, second, 1m, [3], At.AddMinutes(2));
        await Assert.ThrowsAsync<PushTakenException>(() => PushAsync(ledger, second, 1m, [4], At.AddMinutes(3)));

        var receipts = (IPushReceipts)ledger;
        Assert.Equal([1], (await receipts.FindPushAsync(first, At, Cancelled))?.Answer.ToArray());
        Assert.Equal([3], (await receipts.FindPushAsync(second, At, Cancelled))?.Answer.ToArray());
        Assert.Equal(["1"], await ValuesAsync(ledger));
        Assert.Equal(2, (await ledger.ReadAuditAsync(9, Cancelled)).Count(entry => entry.Action == "report"));
    }

    [Fact]
    public async Task Push_AnswerFails_LeavesTheLedgerAsItWas()
    {
        var ledger = await CreateAsync();
        var token = await ((ITokens)ledger).CreateTokenAsync(
            new("x", TokenRole.Admin, null, null, null),
            Hash,
            "cli",
            At,
            Cancelled
        );

        await Assert.ThrowsAsync<FormatException>(() => PushAsync(ledger, new(token.Id, "key-00001"), 1m, null));

        Assert.Empty(await ValuesAsync(ledger));
        Assert.Single(await ledger.ReadAuditAsync(9, Cancelled));
    }

    [Fact]
    public async Task Push_AfterSevenDays_IsForgotten()
    {
        var ledger = await CreateAsync();
        var token = await ((ITokens)ledger).CreateTokenAsync(
            new("x", TokenRole.Admin, null, null, null),
            Hash,
            "cli",
            At,
            Cancelled
        );
        var key = new PushKey(token.Id, "key-00001");
        await PushAsync(ledger, key, 1m, [1]);
        var later = At + IPushReceipts.Kept;

        Assert.NotNull(await ((IPushReceipts)ledger).FindPushAsync(key, later.AddSeconds(-1), Cancelled));
        Assert.Null(await ((IPushReceipts)ledger).FindPushAsync(key, later, Cancelled));
        await PushAsync(ledger, key, 2m, [2], later);
    }

    private static async Task PushAsync(ILedger ledger, PushKey key, decimal value, byte[]? answer, DateTimeOffset? at = null)
    {
        var push = new PushedReport(key, Hash, _ => answer ?? throw new FormatException("no answer"));
        var header = new ReportHeader("test", "push", key.Key, at ?? At, false, at ?? At, "test", Push: push);
        await using var report = await ledger.BeginAsync(header, Cancelled);
        var series = TestCatalog.Series(TestCatalog.Flow, Frequency.Year);
        await report.AppendAsync(series, Period.Parse("2025"), FigureValue.Of(value), 'A', Vintage.Official, null, Cancelled);
        await report.CommitAsync(0, Cancelled);
    }

    private static async Task<IReadOnlyList<string>> ValuesAsync(ILedger ledger)
    {
        var values = new List<string>();
        await foreach (var series in ledger.ReadAsync(new(), Cancelled))
            values.AddRange(series.Periods.SelectMany(period => period.Statements).Select(of => of.Value.ToString()));
        return values;
    }
}
