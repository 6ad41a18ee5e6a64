using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Baotou.Payouts.Catalogues.Yaml;

/// <summary>Reads one YAML document from the parser's events, which is the quickest way that keeps line numbers.</summary>
internal static class YamlFile
{
    /// <summary>The document, or null with a problem noted: bad syntax, a key written twice, more than one document.</summary>
    internal static YamlValue.Mapping? Read(CatalogueFile file, Problems problems)
    {
        try
        {
            using var text = new StringReader(file.Text);
            var parser = new Parser(text);
            parser.Consume<StreamStart>();
            if (parser.Accept<StreamEnd>(out _))
            {
                problems.Add(file.Path, 1, "", "the file is empty", "write at least one mapping, or remove the file");
                return null;
            }

            parser.Consume<DocumentStart>();
            var root = Value(parser, []);
            parser.Consume<DocumentEnd>();
            if (!parser.Accept<StreamEnd>(out _))
                throw new YamlException(parser.Current!.Start, parser.Current.End, "a second document begins here");
            if (root is YamlValue.Mapping mapping)
                return mapping;
            problems.Add(file.Path, root.Line, "", "the file does not hold a mapping", "begin with 'key: value' lines");
        }
        catch (YamlException e)
        {
            problems.Add(
                file.Path,
                (int)e.Start.Line,
                "",
                $"not readable as YAML: {e.Message}",
                "check indentation, colons, quotes and repeated keys on this line"
            );
        }

        return null;
    }

    private static YamlValue Value(IParser parser, Dictionary<AnchorName, YamlValue> anchors)
    {
        if (parser.TryConsume<AnchorAlias>(out var alias))
        {
            return anchors.TryGetValue(alias.Value, out var target)
                ? target
                : throw new YamlException(alias.Start, alias.End, $"'*{alias.Value}' refers to nothing above it");
        }

        var node = parser.Current as NodeEvent ?? throw new YamlException("a value is missing");
        var value = parser.Current switch
        {
            Scalar => ScalarOf(parser.Consume<Scalar>()),
            SequenceStart => SequenceOf(parser, anchors),
            _ => (YamlValue)MappingOf(parser, anchors),
        };
        if (!node.Anchor.IsEmpty)
            anchors[node.Anchor] = value;
        return value;
    }

    private static YamlValue.Scalar ScalarOf(Scalar scalar) => new((int)scalar.Start.Line, scalar.Value);

    private static YamlValue.Sequence SequenceOf(IParser parser, Dictionary<AnchorName, YamlValue> anchors)
    {
        var start = parser.Consume<SequenceStart>();
        var items = new List<YamlValue>();
        while (!parser.TryConsume<SequenceEnd>(out _))
            items.Add(Value(parser, anchors));
        return new((int)start.Start.Line, items);
    }

    private static YamlValue.Mapping MappingOf(IParser parser, Dictionary<AnchorName, YamlValue> anchors)
    {
        var start = parser.Consume<MappingStart>();
        var entries = new Dictionary<string, YamlValue>(StringComparer.Ordinal);
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var key = parser.Consume<Scalar>();
            if (!entries.TryAdd(key.Value, Value(parser, anchors)))
                throw new YamlException(key.Start, key.End, $"the key '{key.Value}' is written twice");
        }

        return new((int)start.Start.Line, entries);
    }
}
