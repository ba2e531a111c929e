package io.undertone.alerts.rules;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads rules from YAML. */
public final class AlertRules {
  /** A set of rules has no more. */
  public static final int MOST = 100;

  private static final String DEFAULT_FILE = "default-rules.yaml";
  private static final int MOST_CHARACTERS = 256 * 1024;

  private AlertRules() {}

  /**
   * Reads a list of rules for a job that hears both sides.
   *
   * @throws InvalidRulesException names all problems, with their lines
   */
  public static List<AlertRule> parse(String yaml) throws InvalidRulesException {
    return parse(yaml, Hearing.BOTH_SIDES);
  }

  /**
   * Reads a list of rules. Those that need more than the job hears are problems.
   *
   * @throws InvalidRulesException names all problems, with their lines
   */
  public static List<AlertRule> parse(String yaml, Hearing hearing) throws InvalidRulesException {
    List<RuleProblem> problems = new ArrayList<>();
    List<AlertRule> rules = new ArrayList<>();
    Map<String, Node> names = new HashMap<>();
    for (Node node : nodes(yaml, problems)) {
      Optional<AlertRule> read = RuleReader.read(node, hearing, problems);
      if (read.isPresent() && names.put(read.get().name(), node) != null) {
        problems.add(
            YamlMap.problem(
                node.getStartMark(),
                "rule '%s' must be there once, but is there twice".formatted(read.get().name())));
      }
      read.ifPresent(rules::add);
    }
    if (rules.size() > MOST) {
      problems.add(
          new RuleProblem(
              1, 1, "rules must be at most %d, but are %d".formatted(MOST, rules.size())));
    }
    if (!problems.isEmpty()) {
      throw new InvalidRulesException(problems);
    }
    return List.copyOf(rules);
  }

  private static List<Node> nodes(String yaml, List<RuleProblem> problems) {
    LoadSettings settings =
        LoadSettings.builder().setCodePointLimit(MOST_CHARACTERS).setUseMarks(true).build();
    try {
      Optional<Node> root = new Compose(settings).composeString(yaml);
      if (root.isEmpty()) {
        return List.of();
      }
      return root.get() instanceof SequenceNode list ? list.getValue() : List.of(root.get());
    } catch (MarkedYamlEngineException e) {
      problems.add(YamlMap.problem(e.getProblemMark(), "not YAML: " + e.getProblem()));
    } catch (YamlEngineException e) {
      problems.add(new RuleProblem(1, 1, "not YAML: " + e.getMessage()));
    }
    return List.of();
  }

  /** The text of the rules that come with Undertone. */
  public static String defaultYaml() {
    try (InputStream in = AlertRules.class.getResourceAsStream(DEFAULT_FILE)) {
      return new String(
          Objects.requireNonNull(in, DEFAULT_FILE).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the default rules", e);
    }
  }
}
