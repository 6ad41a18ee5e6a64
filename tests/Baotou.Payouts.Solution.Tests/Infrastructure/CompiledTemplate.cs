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
    public static CompiledTemplate Of(string file) => Run("build", file);

    /// <summary>Compiles the values chosen for one place, checked against the template they are for.</summary>
    public static CompiledTemplate OfValues(string file) => Run("build-params", file);

    private static CompiledTemplate Run(string command, string file)
    {
        var start = new ProcessStartInfo(Path.Combine(Repository.BuildValue("BicepFolder"), "bicep"))
        {
            ArgumentList = { command, file, "--stdout" },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"] = "1";
        using var bicep = Process.Start(start)!;
        var complaints = bicep.StandardError.ReadToEndAsync();
        var output = bicep.StandardOutput.ReadToEnd();
        bicep.WaitForExit();
        return new CompiledTemplate(bicep.ExitCode == 0 ? JsonNode.Parse(output) : null, complaints.GetAwaiter().GetResult().Trim());
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

    /// <summary>The strings of a list variable of a module.</summary>
    public IReadOnlyList<string> Names(string module, string variable) =>
        Module(module)["variables"]![variable]!.AsArray().Select(name => name!.GetValue<string>()).ToList();

    /// <summary>The template of a module.</summary>
    public JsonNode Module(string module) => Template!["resources"]![module]!["properties"]!["template"]!;

    /// <summary>The resources of a type, those of the modules included.</summary>
    public IReadOnlyList<JsonNode> Resources(string type) =>
        Resources(Template!).Where(resource => (string?)resource["type"] == type).ToList();

    private static IEnumerable<JsonNode> Resources(JsonNode template)
    {
        var resources = template["resources"] is JsonObject named
            ? named.Select(pair => pair.Value!)
            : template["resources"]!.AsArray().Select(node => node!);
        foreach (var resource in resources)
        {
            if ((bool?)resource["existing"] == true)
                continue;
            yield return resource;
            if ((resource["properties"] as JsonObject)?["template"] is not { } module)
                continue;
            foreach (var inner in Resources(module))
                yield return inner;
        }
    }
}

/// <summary>The deployed template, compiled once for all its tests.</summary>
public sealed class DeployedTemplate
{
    internal CompiledTemplate Compiled { get; } = CompiledTemplate.Of(CompiledTemplate.DeployedFile);
}
