using System.ComponentModel.DataAnnotations;
using System.Globalization;
using KpiMetrics.Core.Figures;

namespace KpiMetrics.Pipeline.Sources;

/// <summary>What the annotations of an options class find wrong, each fault with its place and the value found.</summary>
public static class OptionFaults
{
    public static IEnumerable<string> Of(object options, string place)
    {
        var results = new List<ValidationResult>();
        Validator.TryValidateObject(options, new ValidationContext(options), results, validateAllProperties: true);
        foreach (var result in results)
        {
            var name = result.MemberNames.First();
            var value = Convert.ToString(options.GetType().GetProperty(name)?.GetValue(options), CultureInfo.InvariantCulture);
            yield return $"{place}:{name} is {Shown.Of(value ?? "")}: {result.ErrorMessage}";
        }
    }
}
