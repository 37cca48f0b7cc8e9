using KpiMetrics.ServerTests.Boards.Oracles;

namespace KpiMetrics.ServerTests.Boards.Changes;

/// <summary>A panel that must show something, with what is chosen on its board.</summary>
/// <param name="Shows">Holds what it showed before against what it shows after.</param>
internal sealed record Witness(
    string Uid,
    string Title,
    IReadOnlyList<(string Name, string Value)> Choices,
    Action<Picture, Picture> Shows
)
{
    public async Task<Picture> LookAsync(BoardWorld world)
    {
        var board = BoardFile.Of(Uid);
        var values = await world.Reader.OpenAsync(board, [.. Choices]);
        return new(await world.Reader.ReadAsync(board.Panel(Title), values));
    }

    /// <summary>Fails, naming the panel, where it does not show it.</summary>
    public void Check(Picture before, Picture after)
    {
        try
        {
            Assert.NotEqual(before.ToString(), after.ToString());
            Shows(before, after);
        }
        catch (Exception fault)
        {
            throw new InvalidOperationException(
                $"{Uid}: {Title} ({Cells.Row(Choices.Select(choice => choice.Value))}): {fault.Message}",
                fault
            );
        }
    }
}
