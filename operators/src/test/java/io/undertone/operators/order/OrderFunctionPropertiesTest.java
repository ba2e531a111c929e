package io.undertone.operators.order;

import static io.undertone.operators.order.OrderStage.LIMITS;
import static io.undertone.operators.order.OrderStage.OPTIONS;
import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.operators.CallEnd;
import io.undertone.operators.chunk.DeadLetters;
import io.undertone.operators.chunk.OrderedChunk;
import io.undertone.operators.testing.Disorder;
import io.undertone.operators.testing.TestCall;
import io.undertone.schemas.AudioChunk;
import io.undertone.schemas.DeadLetter;
import io.undertone.schemas.EndReason;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.flink.types.Either;

/** What holds for every order of arrival within the reorder bound. */
class OrderFunctionPropertiesTest {
  private static final TestCall CALL = new TestCall("acme", "call-1", 0, 60);
  private static final int BOUND = (int) OPTIONS.reorderBoundMs() / TestCall.CHUNK_MS;
  private static final long DAY_MS = 86_400_000;

  /** How often time passes. */
  private enum Clock {
    STANDS_STILL,
    RUNS,
    RECORDS_ONLY
  }

  @Property(tries = 100, seed = "7")
  void disorderRepetitionAndDelayChangeNothing(
      @ForAll("disorder") Disorder disorder, @ForAll Clock clock) throws Exception {
    Output ordered = run(Disorder.none(CALL.chunks()), Set.of(), Clock.STANDS_STILL);

    assertThat(run(disorder, Set.of(), clock)).isEqualTo(ordered);
    assertThat(ordered.chunks()).hasSize((int) CALL.chunks());
    assertThat(ordered.reasons()).containsExactly(EndReason.LAST_CHUNK);
  }

  @Property(tries = 100, seed = "7")
  void wrongOffsetsCostTheirOwnChunksInEveryOrder(
      @ForAll("disorder") Disorder disorder, @ForAll("wrong") Set<Long> wrong) throws Exception {
    Output ordered = run(Disorder.none(CALL.chunks()), wrong, Clock.STANDS_STILL);

    assertThat(run(disorder, wrong, Clock.STANDS_STILL)).isEqualTo(ordered);
    assertThat(ordered.rejected()).containsExactlyInAnyOrderElementsOf(wrong);
    assertThat(ordered.chunks()).hasSize((int) CALL.chunks() - wrong.size());
  }

  @Provide
  Arbitrary<Disorder> disorder() {
    return Disorder.within(CALL.chunks(), BOUND);
  }

  /** Chunks before the last one, with a right one between any two. */
  @Provide
  Arbitrary<Set<Long>> wrong() {
    return Arbitraries.longs()
        .between(0, CALL.chunks() / 2 - 1)
        .set()
        .ofMaxSize(10)
        .map(
            halves -> {
              Set<Long> wrong = new HashSet<>();
              halves.forEach(half -> wrong.add(2 * half));
              return wrong;
            });
  }

  /** The output of the stage, but for the number of duplicates, which depends on the input. */
  private record Output(
      List<OrderedChunk> chunks, List<EndReason> reasons, long missing, Set<Long> rejected) {}

  private static Output run(Disorder disorder, Set<Long> wrong, Clock clock) throws Exception {
    try (OrderStage stage = OrderStage.open(OPTIONS)) {
      Set<Long> rejected = new HashSet<>();
      List<Either<OrderedChunk, CallEnd>> steps = new ArrayList<>();
      for (long index : disorder.indexes()) {
        AudioChunk.Builder audio = CALL.audio(index);
        stage.process(CALL.chunk(wrong.contains(index) ? audio.setStartOffsetMs(DAY_MS) : audio));
        switch (clock) {
          case STANDS_STILL -> {}
          case RUNS -> stage.pass(LIMITS.conversationTimeoutMs() - 1);
          case RECORDS_ONLY -> stage.passRecordTime(LIMITS.conversationTimeoutMs() - 1);
        }
        steps.addAll(stage.drain());
      }
      stage.drain(DeadLetters.TAG).stream().map(DeadLetter::getOffset).forEach(rejected::add);
      assertThat(stage.drain(DeadLetters.LATE)).isEmpty();
      List<CallEnd> ends = OrderStage.ends(steps);
      return new Output(
          steps.stream().filter(Either::isLeft).map(Either::left).toList(),
          ends.stream().map(CallEnd::reason).toList(),
          ends.stream().mapToLong(end -> end.chunks().missing()).sum(),
          rejected);
    }
  }
}
