using System.Text.Json;

namespace KpiMetrics.Tests.Commands;

public sealed class TokenCommandTests : IDisposable
{
    private readonly Cli cli = new();

    public void Dispose() => cli.Dispose();

    [Fact]
    public async Task Create_ForAnOffice_ShowsTheSecretOnceAndKeepsItNowhere()
    {
        var (exit, output, error) = await cli.RunAsync(
            "token",
            "create",
            "--agency",
            "Sở Tài chính",
            "--set",
            "bac-ninh",
            "--expires",
            "30d"
        );

        var secret = output.Trim();
        Assert.Equal(0, exit);
        Assert.Matches("^kpi_[A-Za-z0-9_-]{43}$", secret);
        Assert.DoesNotContain(secret, error, StringComparison.Ordinal);
        var listed = (await cli.RunAsync("token", "list", "--json")).Out;
        Assert.DoesNotContain(secret, listed, StringComparison.Ordinal);
        var token = Assert.Single(JsonElement.Parse(listed).EnumerateArray());
        Assert.Equal("Sở Tài chính", token.GetProperty("agency").GetString());
        Assert.Equal(("agency", "valid"), (token.GetProperty("role").GetString(), token.GetProperty("state").GetString()));
        Assert.Equal("2026-12-20T14:00:00+07:00", token.GetProperty("expires_at").GetString());
    }

    [Fact]
    public async Task Revoke_AToken_ShowsItAsRevoked()
    {
        await cli.RunAsync("token", "create", "--role", "operator", "--name", "Ca trực");

        Assert.Contains("revoked", (await cli.RunAsync("token", "revoke", "1")).Out, StringComparison.Ordinal);
        Assert.Contains("revoked", (await cli.RunAsync("token", "list")).Out, StringComparison.Ordinal);
        var (exit, _, error) = await cli.RunAsync("token", "revoke", "9");
        Assert.Equal((1, "There is no token 9; 'token list' shows those there are."), (exit, error.Trim()));
    }

    [Theory]
    [InlineData("--agency is missing")]
    [InlineData("named by no set", "--agency", "Sở Không có")]
    [InlineData("--name is", "--role", "operator")]
    [InlineData("--role is 'king'", "--role", "king", "--name", "x")]
    [InlineData("--agency goes with", "--role", "admin", "--name", "x", "--agency", "Sở Tài chính")]
    [InlineData("--expires is", "--role", "admin", "--name", "x", "--expires", "0d")]
    [InlineData("has passed", "--role", "admin", "--name", "x", "--expires", "2020-01-01")]
    [InlineData("There is no set", "--role", "admin", "--name", "x", "--set", "nix")]
    public async Task Create_OptionIsWrong_SaysWhatIsAllowedAndMakesNone(string said, params string[] options)
    {
        var (exit, output, error) = await cli.RunAsync(["token", "create", .. options]);

        Assert.Equal((1, ""), (exit, output));
        Assert.Contains(said, error, StringComparison.Ordinal);
        Assert.Equal("no tokens", (await cli.RunAsync("token", "list")).Out.Trim());
    }
}
