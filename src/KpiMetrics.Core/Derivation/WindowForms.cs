using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Core.Derivation;

/// <summary>Under which form of window each period of one frequency falls, as the rules of a regime follow each other.</summary>
public sealed class WindowForms
{
    private readonly int[] from;
    private readonly WindowForm[] forms;

    private WindowForms(int[] from, WindowForm[] forms) => (this.from, this.forms) = (from, forms);

    /// <summary>All periods under one form.</summary>
    public static WindowForms Calendar { get; } = new([int.MinValue], [default]);

    /// <summary>True where all periods are comparable with each other.</summary>
    public bool IsUniform => forms.Length == 1;

    /// <summary>By the rule in force when a period begins by the calendar; before the first rule's date, the first.</summary>
    public static WindowForms Of(IReadOnlyList<RegimeRule> regime, Frequency frequency)
    {
        var starts = new List<int> { int.MinValue };
        var formsSince = new List<WindowForm> { regime[0].Form.At(frequency) };
        foreach (var rule in regime.Skip(1))
        {
            var form = rule.Form.At(frequency);
            if (form == formsSince[^1])
                continue;
            var start = rule.From.ToDateTime(TimeOnly.MinValue);
            var first = Period.At(frequency, start);
            starts.Add(first.Start < start ? first.Index + 1 : first.Index);
            formsSince.Add(form);
        }
        return new([.. starts], [.. formsSince]);
    }

    /// <summary>A number that two periods share exactly when their windows are of one form.</summary>
    public int FormAt(int index)
    {
        var at = forms.Length - 1;
        while (index < from[at])
            at--;
        return at;
    }

    public bool AreAlike(int index, int other) => IsUniform || FormAt(index) == FormAt(other);
}
