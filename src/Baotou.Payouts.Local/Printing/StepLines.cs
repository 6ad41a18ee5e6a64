using Baotou.Payouts.Domain.Deciding;

namespace Baotou.Payouts.Local.Printing;

/// <summary>Conditions as people read them: ✓ holds, ✗ does not, ? is not known.</summary>
internal static class StepLines
{
    /// <summary>Shows one line for each.</summary>
    public static void Show(Screen screen, IEnumerable<Step> steps)
    {
        foreach (var step in steps)
        {
            var mark = step.Holds switch
            {
                true => "✓",
                false => "✗",
                null => "?",
            };
            var value = step.Value.Length > 0 ? $" = {step.Value}" : "";
            var record = step.RecordId.Length > 0 ? $"{step.Source} {step.RecordId}" : step.Source;
            screen.Line($"    {mark} {step.Condition.Zh}{value} ({step.Threshold.Zh}; {record})");
        }
    }
}
