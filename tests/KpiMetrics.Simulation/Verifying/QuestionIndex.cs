using System.Globalization;
using KpiMetrics.Simulation.World;

namespace KpiMetrics.Simulation.Verifying;

/// <summary>The questions of the whole year by duty and period, in the order in which they were asked.</summary>
internal sealed class QuestionIndex
{
    private readonly Dictionary<(int Duty, int Period), List<Question>> questions = [];

    private QuestionIndex() { }

    public int Count { get; private set; }

    public static QuestionIndex Read(IEnumerable<string> files)
    {
        var index = new QuestionIndex();
        var lines = files.SelectMany(File.ReadLines).Select(line => line.Split(' ')).ToList();
        var done = lines.Where(cells => cells[0] == "D").Select(cells => cells[1]).ToHashSet(StringComparer.Ordinal);
        foreach (var cells in lines)
        {
            if (cells[0] is not ("Q" or "F"))
                continue;
            var question = new Question(Instant(cells[5]), Instant(cells[6]), cells[0] == "Q", done.Contains(cells[1]));
            index.Count++;
            for (var period = Number(cells[3]); period <= Number(cells[4]); period++)
                index.Add((Number(cells[2]), period), question);
        }
        return index;
    }

    public IReadOnlyList<Question> Of(int duty, int period) => questions.TryGetValue((duty, period), out var found) ? found : [];

    private void Add((int, int) key, Question question)
    {
        if (!questions.TryGetValue(key, out var list))
            questions[key] = list = [];
        list.Add(question);
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static DateTimeOffset Instant(string text) =>
        DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(text, CultureInfo.InvariantCulture)).ToOffset(LocalTime.Ahead);
}
