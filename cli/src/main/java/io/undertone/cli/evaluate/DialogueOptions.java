package io.undertone.cli.evaluate;

import io.undertone.cli.terminal.UserErrorException;
import io.undertone.training.evaluation.Bootstrap;
import io.undertone.training.evaluation.dialogue.Ablation;
import io.undertone.training.evaluation.dialogue.Dialogue;
import io.undertone.training.evaluation.dialogue.DialogueFile;
import io.undertone.training.evaluation.dialogue.Stays;
import io.undertone.training.evaluation.dialogue.Turn;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which dialogues are heard, and what is asked of them. */
final class DialogueOptions {

  private static final double DEFAULT_STAY = 0.7;
  private static final int BOOTSTRAP_SAMPLES = 10_000;

  @Option(
      names = "--conversations",
      paramLabel = "FILE.jsonl",
      description = "Hear the dialogues of this file, one a line; may be given more than once.")
  private List<Path> conversations = List.of();

  @Option(
      names = "--choose-on",
      paramLabel = "FILE.jsonl",
      description =
          "Choose the filters' parameter on other dialogues than those that are evaluated, and tell"
              + " what each value gives there; may be given more than once.")
  private List<Path> chooseOn = List.of();

  @Option(
      names = "--stay",
      split = ",",
      paramLabel = "P",
      description =
          "The filters' parameter: how probable it is that a speaker's emotion stays. One value, or"
              + " one each behind no context, window and memory (default: "
              + DEFAULT_STAY
              + ").")
  private List<Double> stay = List.of();

  @Option(
      names = "--role",
      paramLabel = "ROLE",
      description =
          "Hear this role's turns only, in upper or lower case: customer, say (default: all"
              + " turns).")
  private @Nullable String role;

  @Option(
      names = "--ablation",
      split = ",",
      paramLabel = "NAME",
      description = "Also try ${COMPLETION-CANDIDATES}.")
  private Set<Ablation> ablations = EnumSet.noneOf(Ablation.class);

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Of the bootstrap (default: ${DEFAULT-VALUE}).")
  private long seed = 1;

  boolean areAsked() {
    return !conversations.isEmpty() || !chooseOn.isEmpty();
  }

  /** What is evaluated: maybe nothing. */
  List<Dialogue> evaluated(Path audio) throws UserErrorException {
    return read(conversations, audio);
  }

  /** What the filters are chosen on: maybe nothing, and nothing that is evaluated. */
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
      List<Dialogue> heard = DialogueFile.read(file, audio);
      if (role != null) {
        String asked = role();
        heard =
            heard.stream()
                .map(dialogue -> dialogue.onlyRole(asked))
                .filter(dialogue -> !dialogue.turns().isEmpty())
                .toList();
        if (heard.isEmpty()) {
          throw new UserErrorException(file + " has no turns of role " + asked);
        }
      }
      dialogues.addAll(heard);
    }
    return dialogues;
  }

  /** The filters' parameter as it was given. */
  Stays stays() throws UserErrorException {
    try {
      return Stays.of(stay.isEmpty() ? List.of(DEFAULT_STAY) : stay);
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

  /** The role that alone is heard, as dialogues have it, or "all". */
  String role() {
    return role == null ? "all" : role.toUpperCase(Locale.ROOT);
  }
}
