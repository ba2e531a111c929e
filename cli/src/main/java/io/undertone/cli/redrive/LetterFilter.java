package io.undertone.cli.redrive;

import io.undertone.schemas.DeadLetter;
import io.undertone.schemas.DeadLetterReason;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which letters a command is about. */
final class LetterFilter {
  @Option(
      names = "--reason",
      split = ",",
      description = "Only letters of these reasons: ${COMPLETION-CANDIDATES}.")
  private List<DeadLetterReason> reasons = List.of();

  @Option(
      names = "--stage",
      split = ",",
      description = "Only letters of these stages: decode, order, segment, recognize.")
  private List<String> stages = List.of();

  @Option(names = "--tenant", description = "Only letters of this tenant.")
  private @Nullable String tenant;

  @Option(names = "--conversation", paramLabel = "ID", description = "Only letters of this call.")
  private @Nullable String conversationId;

  boolean accepts(DeadLetter letter) {
    return (reasons.isEmpty() || reasons.contains(letter.getReason()))
        && (stages.isEmpty() || stages.contains(letter.getStage()))
        && (tenant == null || tenant.equals(letter.getTenant()))
        && (conversationId == null || conversationId.equals(letter.getConversationId()));
  }
}
