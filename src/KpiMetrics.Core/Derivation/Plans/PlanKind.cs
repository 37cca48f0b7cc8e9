namespace KpiMetrics.Core.Derivation.Plans;

/// <summary>How a plan came about; stores keep the number.</summary>
public enum PlanKind
{
    /// <summary><c>assigned</c>: given at the beginning ("giao").</summary>
    Assigned = 1,

    /// <summary><c>adjusted</c>: changed since ("điều chỉnh").</summary>
    Adjusted = 2,
}
