package io.undertone.operators.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.operators.state.WaitingChunk;
import io.undertone.operators.testing.TestCall;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class ChannelSequenceTest {
  private static final OrderOptions OPTIONS = OrderOptions.defaults().withReorderBoundMs(100);
  private static final TestCall CALL = TestCall.ofSeconds("call-1", 60);

  private final ChannelSequence sequence =
      new ChannelSequence(ChannelSequence.newState(0), OPTIONS);
  private final List<Long> forwarded = new ArrayList<>();
  private long missing;

  @RepeatedTest(20)
  void everyChunkIsForwardedOrCountedOnce(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    int late = 0;
    int duplicates = 0;
    for (int i = 0; i < 2_000; i++) {
      long index = Math.max(0, i + (long) (random.nextGaussian() * 6));
      switch (arrive(index, index * TestCall.CHUNK_MS)) {
        case LATE -> late++;
        case DUPLICATE -> duplicates++;
        default -> {}
      }
    }
    flush();

    assertThat(forwarded).isSorted().doesNotHaveDuplicates();
    assertThat(forwarded.size() + late + duplicates).isEqualTo(2_000);
    assertThat(missing + forwarded.size()).isEqualTo(forwarded.get(forwarded.size() - 1) + 1);
  }

  @Test
  void waitsForAChunkAfterAPause() {
    arrive(0, 0);
    // A pause of ten seconds; the first chunk after it arrives second.
    arrive(2, 10_020);
    assertThat(forwarded).containsExactly(0L);

    arrive(1, 10_000);

    assertThat(forwarded).containsExactly(0L, 1L, 2L);
    assertThat(missing).isZero();
  }

  @Test
  void distinguishesLateChunksFromDuplicates() {
    arrive(0, 0);
    arrive(2, 40);
    arrive(7, 140);

    assertThat(sequence.arrival(1)).isEqualTo(Arrival.LATE);
    assertThat(sequence.arrival(0)).isEqualTo(Arrival.DUPLICATE);
    assertThat(sequence.arrival(2)).isEqualTo(Arrival.DUPLICATE);
    assertThat(sequence.arrival(7)).as("still waiting").isEqualTo(Arrival.DUPLICATE);
    assertThat(sequence.arrival(3)).isEqualTo(Arrival.DUE);
    assertThat(sequence.arrival(6)).isEqualTo(Arrival.EARLY);
  }

  private Arrival arrive(long index, long startOffsetMs) {
    Arrival arrival = sequence.arrival(index);
    if (arrival == Arrival.DUE) {
      forward(index);
    } else if (arrival == Arrival.EARLY) {
      sequence.await(new WaitingChunk(index, startOffsetMs, 320, -1L));
    }
    for (OptionalLong due = sequence.pollDue(); due.isPresent(); due = sequence.pollDue()) {
      forward(due.getAsLong());
    }
    return arrival;
  }

  private void flush() {
    for (OptionalLong due = sequence.pollFirst(); due.isPresent(); due = sequence.pollFirst()) {
      forward(due.getAsLong());
    }
  }

  private void forward(long index) {
    forwarded.add(index);
    missing += sequence.forward(CALL.audio(index).build());
  }
}
