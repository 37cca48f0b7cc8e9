using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using KpiMetrics.Core.Figures;

namespace KpiMetrics.Pipeline.Sources.Sites;

/// <summary>What the annotations of options allow. Keys that are required are the business of the file's reader.</summary>
internal static class AnnotationRules
{
    /// <param name="secrets">Keys whose values are not shown.</param>
    public static IEnumerable<SiteFault> Check(object options, params IReadOnlyList<string> secrets)
    {
        foreach (var property in options.GetType().GetProperties())
        {
            var key = JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name);
            foreach (var rule in property.GetCustomAttributes<ValidationAttribute>())
            {
                var value = property.GetValue(options);
                if (rule is RequiredAttribute || rule.IsValid(value))
                    continue;
                var shown = Shown.Of(Convert.ToString(value, CultureInfo.InvariantCulture) ?? "");
                var found = secrets.Contains(key) ? $"'{key}' is not shown here" : $"'{key}' is {shown}";
                yield return new(options, key, $"{found}; allowed: {Allowed(rule)}");
            }
        }
    }

    private static string Allowed(ValidationAttribute rule) =>
        rule is RangeAttribute range
            ? FormattableString.Invariant($"{range.Minimum}..{range.Maximum}")
            : rule.ErrorMessage ?? throw new InvalidOperationException($"{rule.GetType().Name} does not say what is allowed.");
}
