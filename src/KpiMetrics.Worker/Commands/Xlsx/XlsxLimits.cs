using KpiMetrics.Worker.Composition;
using static System.FormattableString;

namespace KpiMetrics.Worker.Commands.Xlsx;

/// <summary>How large a sheet can be.</summary>
internal static class XlsxLimits
{
    private const int Rows = 1_048_576;
    private const int Columns = 16_384;

    /// <exception cref="CommandException">A sheet has no room for so many.</exception>
    public static void Check(string sheet, long rows, long columns)
    {
        if (columns > Columns)
        {
            throw new CommandException(
                Invariant(
                    $"xlsx: sheet '{sheet}' needs {columns} columns, of which a sheet has at most {Columns}; export fewer periods with --from, --to or --freq."
                )
            );
        }
        if (rows > Rows)
        {
            throw new CommandException(
                Invariant(
                    $"xlsx: sheet '{sheet}' needs {rows} rows, of which a sheet has at most {Rows}; export less with --area, --indicator, --measure or --from and --to."
                )
            );
        }
    }
}
