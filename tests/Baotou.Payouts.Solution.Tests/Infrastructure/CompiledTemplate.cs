using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Baotou.Payouts.Solution.Tests.Infrastructure;

/// <summary>A Bicep file as its compiler sees it.</summary>
/// <param name="Template">The resource template; null if the file does not compile.</param>
/// <param name="Complaints">What the compiler said, warnings included; empty if it said nothing.</param>
internal sealed record CompiledTemplate(JsonNode? Template, string Complaints)
{
    /// <summary>The template this repository deploys.</summary>
    public static string DeployedFile => Repository.PathOf("infra/main.bicep");

    /// <summary>Compiles a file. Nothing is fetched: the file uses no modules from elsewhere.</summary>
    public static CompiledTemplate Of(string file)
    {
        var start = new ProcessStartInfo(Path.Combine(Repository.BuildValue("BicepFolder"), "bicep"))
        {
            ArgumentList = { "build", file, "--stdout" },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"] = "1";
        using var bicep = Process.Start(start)!;
        var complaints = bicep.StandardError.ReadToEndAsync();
        var output = bicep.StandardOutput.ReadToEnd();
        bicep.WaitForExit();
        return new CompiledTemplate(
            bicep.ExitCode == 0 ? JsonNode.Parse(output) : null,
            complaints.GetAwaiter().GetResult().Trim());
    }

    /// <summary>Compiles a text.</summary>
    public static CompiledTemplate OfText(string text)
    {
        var folder = Directory.CreateTempSubdirectory("bicep-");
        try
        {
            var file = Path.Combine(folder.FullName, "planted.bicep");
            File.WriteAllText(file, text);
            return Of(file);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>The strings of a list variable.</summary>
    public IReadOnlyList<string> Names(string variable) =>
        Template!["variables"]![variable]!.AsArray().Select(name => name!.GetValue<string>()).ToList();

    /// <summary>The resources of a type.</summary>
    public IReadOnlyList<JsonNode> Resources(string type) =>
        Template!["resources"]!.AsArray().Where(resource => resource!["type"]!.GetValue<string>() == type).Select(resource => resource!).ToList();
}

/// <summary>The deployed template, compiled once for all its tests.</summary>
public sealed class DeployedTemplate
{
    internal CompiledTemplate Compiled { get; } = CompiledTemplate.Of(CompiledTemplate.DeployedFile);
}
