using System.ComponentModel.DataAnnotations;
using System.Globalization;
using KpiMetrics.Core.Figures;

namespace KpiMetrics.Pipeline.Sources;

/// <summary>What the annotations of an options class find wrong, each fault with its place and the value found.</summary>
public static class OptionFaults
{
    /// <param name="secret">The option whose value is not to be shown; null where there is none.</param>
    public static IEnumerable<string> Of(object options, string place, string? secret = null)
    {
        var results = new List<ValidationResult>();
        Validator.TryValidateObject(options, new ValidationContext(options), results, validateAllProperties: true);
        foreach (var result in results)
        {
            var name = result.MemberNames.First();
            var value = Convert.ToString(options.GetType().GetProperty(name)?.GetValue(options), CultureInfo.InvariantCulture);
            var found = name == secret ? "" : $" is {Shown.Of(value ?? "")}";
            yield return $"{place}:{name}{found}: {result.ErrorMessage}";
        }
    }
}
