package io.undertone.jobs.options;

import io.undertone.operators.decode.DecodeOptions;
import io.undertone.operators.order.OrderOptions;
import io.undertone.operators.recognize.RecognizeOptions;
import io.undertone.operators.segment.SegmentOptions;
import io.undertone.schemas.Role;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What is analysed, and how, stage by stage.
 *
 * @param modelDir the model's folder, on each machine of the cluster
 * @param decode whose channels are analysed, and what a chunk may be
 * @param order how long to wait for a missing chunk, and for a silent call
 * @param segment how chunks join
 * @param recognize how long a memory lives
 */
public record AnalysisOptions(
    String modelDir,
    DecodeOptions decode,
    OrderOptions order,
    SegmentOptions segment,
    RecognizeOptions recognize) {

  private static final long ONE_DAY_MS = 86_400_000;

  static final Option<String> MODEL_DIR =
      new Option<>(
          "model-dir",
          "models/undertone-small",
          "folder of the model, on each machine of the cluster",
          ValueType.matching("\\S.*", "a folder"));
  static final Option<Set<Role>> ROLES =
      new Option<>(
          "roles",
          "customer",
          "whose channels are analysed, separated by commas",
          ValueType.someOf(Role.class, EnumSet.allOf(Role.class)));
  static final Option<Long> REORDER_BOUND_MS =
      new Option<>(
          "reorder-bound-ms",
          String.valueOf(OrderOptions.defaults().reorderBoundMs()),
          "a missing chunk is given up when this much audio beyond it has come",
          ValueType.wholeNumberOfMs(0, 600_000));
  static final Option<Long> CONVERSATION_TIMEOUT_MS =
      new Option<>(
          "conversation-timeout-ms",
          String.valueOf(OrderOptions.defaults().conversationTimeoutMs()),
          "a call that sends nothing for this long is over",
          ValueType.wholeNumberOfMs(1, ONE_DAY_MS));
  static final Option<Long> MEMORY_TTL_MS =
      new Option<>(
          "memory-ttl-ms",
          String.valueOf(RecognizeOptions.defaults().memoryTtlMs()),
          "a memory that learned nothing for this long is erased whatever became of its call",
          ValueType.wholeNumberOfMs(1, 30 * ONE_DAY_MS));
  static final List<Option<?>> OPTIONS =
      List.of(MODEL_DIR, ROLES, REORDER_BOUND_MS, CONVERSATION_TIMEOUT_MS, MEMORY_TTL_MS);

  static AnalysisOptions from(OptionValues values) throws InvalidOptionException {
    return new AnalysisOptions(
        values.get(MODEL_DIR),
        DecodeOptions.defaults().withAnalysedRoles(values.get(ROLES)),
        OrderOptions.defaults()
            .withReorderBoundMs(values.get(REORDER_BOUND_MS))
            .withConversationTimeoutMs(values.get(CONVERSATION_TIMEOUT_MS)),
        SegmentOptions.defaults(),
        new RecognizeOptions(values.get(MEMORY_TTL_MS)));
  }
}
