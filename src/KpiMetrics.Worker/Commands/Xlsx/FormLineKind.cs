namespace KpiMetrics.Worker.Commands.Xlsx;

/// <summary>What a row of a form is; a later one stands beneath an earlier one.</summary>
internal enum FormLineKind
{
    Indicator,

    /// <summary>A printed heading between the rows of an indicator.</summary>
    Heading,
    Measure,
    Subject,
}
