using System.Globalization;
using KpiMetrics.Core.Derivation;
using KpiMetrics.Core.Figures;
using KpiMetrics.Pipeline.Derivation;

namespace KpiMetrics.Worker.Commands;

/// <summary>How the tables of <c>export</c> print what a figure has; empty where it has nothing.</summary>
internal static class FigureText
{
    /// <summary>True for a computed figure that could not be had and is no break either: tables leave it out, JSON gives the reason.</summary>
    public static bool IsNothing(FigureRow row) =>
        row.Derived.Figure.Current is { Status: not ObsStatus.Break } statement && statement.Value == FigureValue.None;

    /// <summary>Computed figures have none.</summary>
    public static string Revision(Figure figure) =>
        figure.Computed is null ? figure.Revision.ToString(CultureInfo.InvariantCulture) : "";

    /// <summary>Of a computed figure the newest of its inputs.</summary>
    public static string ReceivedAt(Figure figure) =>
        figure.Current.ReceivedAt == DateTimeOffset.MinValue ? "" : InstantText.Print(figure.Current.ReceivedAt);

    public static string Number(Derived derived) => derived.Value is { } value ? DerivedText.Print(value) : "";

    /// <summary>Digit for digit as reported; a computed number without the zeros that division leaves at its end.</summary>
    public static string Value(Figure figure) =>
        figure is { Computed: not null, Current.Value.Number: { } number }
            ? DerivedText.Print(number)
            : SpreadsheetSafe.Of(figure.Current.Value);
}
