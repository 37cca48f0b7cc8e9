using System.Globalization;

namespace KpiMetrics.Core.Figures;

/// <summary>What a report states: a number, digit for digit as reported, a text, or nothing (a withdrawal).</summary>
public readonly record struct FigureValue
{
    private FigureValue(decimal? number, string? text) => (Number, Text) = (number, text);

    /// <summary>No value: the statement withdraws the figure.</summary>
    public static readonly FigureValue None;

    /// <summary>The number; null for texts and withdrawals.</summary>
    public decimal? Number { get; }

    /// <summary>The bulletin of a <c>text</c> measure; null otherwise.</summary>
    public string? Text { get; }

    public static FigureValue Of(decimal number) => new(number, null);

    public static FigureValue Of(string text) => new(null, text);

    /// <summary>The same digits: 1.10 and 1.1 are different statements of one number.</summary>
    public bool IsSameStatement(FigureValue other) =>
        Number is { } number
            ? other.Number is { } same && number == same && number.Scale == same.Scale
            : other.Number is null && (Text ?? "") == (other.Text ?? "");

    /// <summary>The digits as reported with a point as decimal mark, the text, or nothing.</summary>
    public override string ToString() => Number is { } number ? number.ToString(CultureInfo.InvariantCulture) : Text ?? "";
}
