using System.Xml.Linq;

namespace Baotou.Payouts.Solution.Tests.Structure;

/// <summary>Dependencies point inward only (the table in docs and README).</summary>
public sealed class ProjectReferences
{
    private const string Prefix = "Baotou.Payouts.";

    private static readonly Dictionary<string, string[]> May = new()
    {
        ["Domain"] = [],
        ["Catalogue"] = ["Domain"],
        ["Application"] = ["Domain"],
        ["Exchange"] = ["Application", "Domain"],
        ["AzureStorage"] = ["Application", "Domain"],
        ["Web"] = ["Application", "Domain"],
        ["Functions"] = ["Application", "AzureStorage", "Catalogue", "Domain", "Exchange", "Web"],
        ["Local"] = ["Application", "AzureStorage", "Catalogue", "Domain", "Exchange", "Web"],
    };

    [Fact]
    public void Every_project_knows_only_what_it_may_know()
    {
        var projects = Repository
            .Files.Where(file => file.StartsWith("src/", StringComparison.Ordinal) && file.EndsWith(".csproj", StringComparison.Ordinal))
            .ToList();

        Assert.Equal(May.Keys.Order(), projects.Select(NameOf).Order());
        Assert.Empty(projects.SelectMany(file => Violations(NameOf(file), Repository.Read(file))));
    }

    [Fact]
    public void A_domain_that_knows_storage_is_found() =>
        Assert.Equal(
            ["Domain must not know AzureStorage"],
            Violations(
                "Domain",
                """<Project><ItemGroup><ProjectReference Include="../Baotou.Payouts.AzureStorage/Baotou.Payouts.AzureStorage.csproj" /></ItemGroup></Project>"""
            )
        );

    [Fact]
    public void A_domain_with_a_package_is_found() =>
        Assert.Equal(
            ["Domain must not use the package Azure.Core"],
            Violations("Domain", """<Project><ItemGroup><PackageReference Include="Azure.Core" /></ItemGroup></Project>""")
        );

    [Fact]
    public void A_reference_to_a_built_assembly_is_found() =>
        Assert.Equal(
            ["Domain must not refer to the file Other"],
            Violations("Domain", """<Project><ItemGroup><Reference Include="Other" /></ItemGroup></Project>""")
        );

    private static List<string> Violations(string name, string project)
    {
        var document = XDocument.Parse(project);
        return Included(document, "ProjectReference")
            .Select(NameOf)
            .Where(other => !May[name].Contains(other))
            .Select(other => $"{name} must not know {other}")
            .Concat(
                Included(document, "PackageReference")
                    .Where(_ => name == "Domain")
                    .Select(package => $"{name} must not use the package {package}")
            )
            .Concat(Included(document, "Reference").Select(file => $"{name} must not refer to the file {file}"))
            .ToList();
    }

    private static IEnumerable<string> Included(XDocument project, string element) =>
        project.Descendants(element).Select(item => item.Attribute("Include")!.Value);

    private static string NameOf(string file)
    {
        var name = Path.GetFileNameWithoutExtension(file.Replace('\\', '/'));
        Assert.StartsWith(Prefix, name, StringComparison.Ordinal);
        return name[Prefix.Length..];
    }
}
