package io.undertone.alerts.rules;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads a map of a YAML document, and notes each problem with its place. */
final class YamlMap {
  private static final int MOST_VALUE_CHARACTERS = 1_024;

  private final Node at;
  private final List<RuleProblem> problems;
  private final Map<String, NodeTuple> entries = new LinkedHashMap<>();

  private YamlMap(Node at, List<RuleProblem> problems) {
    this.at = at;
    this.problems = problems;
  }

  /** Notes a problem if the node is no map of names. */
  static YamlMap of(Node node, String what, List<RuleProblem> problems) {
    YamlMap map = new YamlMap(node, problems);
    if (!(node instanceof MappingNode mapping)) {
      map.problem(node, what + " must be a map of names to values");
      return map;
    }
    for (NodeTuple entry : mapping.getValue()) {
      if (!(entry.getKeyNode() instanceof ScalarNode key)) {
        map.problem(entry.getKeyNode(), "a name must be text");
      } else if (map.entries.putIfAbsent(key.getValue(), entry) != null) {
        map.problem(key, "'%s' must be there once, but is there twice".formatted(key.getValue()));
      }
    }
    return map;
  }

  Set<String> names() {
    return new TreeSet<>(entries.keySet());
  }

  boolean has(String name) {
    return entries.containsKey(name);
  }

  /** Notes names that mean nothing here. */
  void refuseOthersThan(Set<String> known) {
    entries.forEach(
        (name, entry) -> {
          if (!known.contains(name)) {
            problem(
                entry.getKeyNode(),
                "'%s' must be one of %s".formatted(name, String.join(", ", new TreeSet<>(known))));
          }
        });
  }

  /** The map below a name; empty without one. */
  Optional<YamlMap> map(String name) {
    return node(name).map(node -> of(node, name, problems));
  }

  /** The text at a name; a problem if it is something else. */
  Optional<String> text(String name) {
    return node(name).flatMap(node -> text(node, name));
  }

  private Optional<String> text(Node node, String name) {
    if (!(node instanceof ScalarNode scalar)) {
      problem(node, "'" + name + "' must be one value");
      return Optional.empty();
    }
    if (scalar.getValue().length() > MOST_VALUE_CHARACTERS) {
      problem(node, "'%s' must have at most %d characters".formatted(name, MOST_VALUE_CHARACTERS));
      return Optional.empty();
    }
    return Optional.of(scalar.getValue());
  }

  /** The text at a name, or each of a list; empty without one. */
  List<String> texts(String name) {
    Optional<Node> found = node(name);
    if (found.isEmpty()) {
      return List.of();
    }
    List<Node> nodes =
        found.get() instanceof SequenceNode list ? list.getValue() : List.of(found.get());
    List<String> texts = new ArrayList<>();
    nodes.forEach(node -> text(node, name).ifPresent(texts::add));
    if (nodes.isEmpty()) {
      problem(found.get(), "'" + name + "' must not be empty");
    }
    return texts;
  }

  /** A value that is read from its text; a problem if it cannot be read. */
  <T> Optional<T> value(String name, String expected, Function<String, Optional<T>> reader) {
    Optional<String> text = text(name);
    Optional<T> value = text.flatMap(reader);
    if (text.isPresent() && value.isEmpty()) {
      problemAt(name, "must be %s, but is '%s'".formatted(expected, text.get()));
    }
    return value;
  }

  /** Notes a problem at the value of a name, or without one, at the map. */
  void problemAt(String name, String message) {
    problem(node(name).orElse(at), "'" + name + "' " + message);
  }

  private Optional<Node> node(String name) {
    return Optional.ofNullable(entries.get(name)).map(NodeTuple::getValueNode);
  }

  private void problem(Node node, String message) {
    problems.add(problem(node.getStartMark(), message));
  }

  static RuleProblem problem(Optional<Mark> mark, String message) {
    return new RuleProblem(
        mark.map(Mark::getLine).orElse(0) + 1, mark.map(Mark::getColumn).orElse(0) + 1, message);
  }
}
