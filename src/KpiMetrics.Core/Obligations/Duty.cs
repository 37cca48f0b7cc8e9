using KpiMetrics.Core.Periods;

namespace KpiMetrics.Core.Obligations;

/// <summary>What must be reported again and again: an indicator of a set at one frequency. One scheduled job serves each.</summary>
/// <param name="Set">The code of the set.</param>
/// <param name="Indicator">The code of the indicator.</param>
public readonly record struct Duty(string Set, string Indicator, Frequency Frequency)
{
    /// <summary><c>lao-cai/LC-C01/H</c>: the name of its job.</summary>
    public override string ToString() => $"{Set}/{Indicator}/{Frequency.Code()}";

    /// <summary>Reads what <see cref="ToString"/> writes.</summary>
    public static bool TryParse(string text, out Duty duty)
    {
        duty = default;
        if (text.Split('/') is not [{ Length: > 0 } set, { Length: > 0 } indicator, var letter])
            return false;
        if (!FrequencyCode.TryParse(letter, out var frequency))
            return false;
        duty = new(set, indicator, frequency);
        return true;
    }
}
