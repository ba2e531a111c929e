package io.undertone.cli.evaluate;

import io.undertone.cli.terminal.UserErrorException;
import io.undertone.evaluation.ablation.Ablation;
import io.undertone.evaluation.comparison.FilterParameters;
import io.undertone.model.EmotionPrior;
import io.undertone.training.corpus.Dialogue;
import io.undertone.training.corpus.DialogueFile;
import io.undertone.training.corpus.Turn;
import io.undertone.training.evaluation.Bootstrap;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that choose the dialogues and what to compute of them. */
final class DialogueOptions {

  private static final double DEFAULT_STAY = 0.7;
  private static final int BOOTSTRAP_SAMPLES = 10_000;

  @Option(
      names = "--conversations",
      paramLabel = "FILE.jsonl",
      description = "Evaluate the dialogues of this file, one per line; may be repeated.")
  private List<Path> conversations = List.of();

  @Option(
      names = "--choose-on",
      paramLabel = "FILE.jsonl",
      description =
          "Choose the filters' parameter on these dialogues, which must not be those of"
              + " --conversations, and print the UA of each value; may be repeated.")
  private List<Path> chooseOn = List.of();

  @Option(
      names = "--stay",
      split = ",",
      paramLabel = "P",
      description =
          "The filters' parameter: the probability that a speaker's emotion stays. One value, or one"
              + " each for no context, window and memory (default: "
              + DEFAULT_STAY
              + ").")
  private List<Double> stay = List.of();

  @Option(
      names = "--role",
      paramLabel = "ROLE",
      description = "Evaluate the turns of this role only, such as customer (default: all turns).")
  private @Nullable String role;

  @Option(
      names = "--ablation",
      split = ",",
      paramLabel = "NAME",
      description = "Also run these ablations: ${COMPLETION-CANDIDATES}.")
  private Set<Ablation> ablations = EnumSet.noneOf(Ablation.class);

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Seed of the bootstrap (default: ${DEFAULT-VALUE}).")
  private long seed = 1;

  boolean areGiven() {
    return !conversations.isEmpty() || !chooseOn.isEmpty();
  }

  /** The dialogues to evaluate; may be empty. */
  List<Dialogue> evaluated(Path audio) throws UserErrorException {
    return read(conversations, audio);
  }

  /** The dialogues to choose the filters on, may be empty; none of those to evaluate. */
  List<Dialogue> choosing(Path audio, List<Dialogue> evaluated) throws UserErrorException {
    if (!chooseOn.isEmpty() && !stay.isEmpty()) {
      throw new UserErrorException("--stay and --choose-on must not be given together");
    }
    List<Dialogue> dialogues = read(chooseOn, audio);
    Set<List<Turn>> seen = new HashSet<>();
    evaluated.forEach(dialogue -> seen.add(dialogue.turns()));
    for (Dialogue dialogue : dialogues) {
      if (seen.contains(dialogue.turns())) {
        throw new UserErrorException(
            "--choose-on must have other dialogues than --conversations, but both have "
                + dialogue.id());
      }
    }
    return dialogues;
  }

  private List<Dialogue> read(List<Path> files, Path audio) throws UserErrorException {
    List<Dialogue> dialogues = new ArrayList<>();
    for (Path file : files) {
      List<Dialogue> ofFile = DialogueFile.read(file, audio);
      if (role != null) {
        String chosen = role();
        ofFile =
            ofFile.stream()
                .map(dialogue -> dialogue.onlyRole(chosen))
                .filter(dialogue -> !dialogue.turns().isEmpty())
                .toList();
        if (ofFile.isEmpty()) {
          throw new UserErrorException(file + " has no turns of role " + chosen);
        }
      }
      dialogues.addAll(ofFile);
    }
    return dialogues;
  }

  /** The filters' parameters of --stay. */
  FilterParameters filters(EmotionPrior prior) throws UserErrorException {
    try {
      return FilterParameters.of(stay.isEmpty() ? List.of(DEFAULT_STAY) : stay, prior);
    } catch (IllegalArgumentException e) {
      throw new UserErrorException(String.valueOf(e.getMessage()), e);
    }
  }

  Set<Ablation> ablations() {
    return ablations;
  }

  Bootstrap bootstrap() {
    return new Bootstrap(seed, BOOTSTRAP_SAMPLES);
  }

  /** The role of --role in upper case, or "all". */
  String role() {
    return role == null ? "all" : role.toUpperCase(Locale.ROOT);
  }
}
