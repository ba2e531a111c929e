package io.undertone.operators.order;

import static io.undertone.operators.order.OrderStage.OPTIONS;
import static io.undertone.operators.order.OrderStage.indexes;
import static io.undertone.operators.order.OrderStage.range;
import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.operators.CallEnd;
import io.undertone.operators.ChunkCounts;
import io.undertone.operators.chunk.Chunk;
import io.undertone.operators.chunk.DeadLetters;
import io.undertone.operators.chunk.OrderedChunk;
import io.undertone.operators.testing.TestCall;
import io.undertone.schemas.AudioChunk;
import io.undertone.schemas.EndReason;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.flink.types.Either;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OrderFunctionReorderingTest {
  private final TestCall call = TestCall.ofSeconds("call-1", 4);
  private OrderStage stage;

  @BeforeEach
  void open() throws Exception {
    stage = OrderStage.open(OPTIONS);
  }

  @AfterEach
  void close() throws Exception {
    stage.close();
  }

  @Test
  void forwardsOrderedChunksAtOnceAndEndsTheCallWithTheLastOne() throws Exception {
    for (Chunk chunk : call.allChunks()) {
      stage.process(chunk);
    }

    List<Either<OrderedChunk, CallEnd>> steps = stage.drain();
    assertThat(indexes(steps)).containsExactlyElementsOf(range(0, call.chunks()));
    CallEnd end = steps.get(steps.size() - 1).right();
    assertThat(end.reason()).isEqualTo(EndReason.LAST_CHUNK);
    assertThat(end.chunks()).isEqualTo(ChunkCounts.NONE);
    assertThat(end.endOffsetMs()).isEqualTo((call.chunks() - 1) * TestCall.CHUNK_MS);
    assertThat(end.eventTimeMs()).isEqualTo(TestCall.CALL_BEGIN_MS + end.endOffsetMs());
  }

  @Test
  void restoresTheOrderOfChunksShuffledWithinTheBound() throws Exception {
    List<Chunk> chunks = new ArrayList<>();
    for (int from = 0; from < call.chunks(); from += 10) {
      List<Chunk> window = new ArrayList<>(call.allChunks().subList(from, from + 10));
      Collections.shuffle(window, new Random(from));
      chunks.addAll(window);
    }

    for (Chunk chunk : chunks) {
      stage.process(chunk);
    }

    List<Either<OrderedChunk, CallEnd>> steps = stage.drain();
    assertThat(indexes(steps)).containsExactlyElementsOf(range(0, call.chunks()));
    assertThat(steps.get(steps.size() - 1).right().chunks()).isEqualTo(ChunkCounts.NONE);
  }

  @Test
  void aCheckpointDoesNotChangeWaitingChunks() throws Exception {
    Chunk early = call.chunk(1);
    AudioChunk original = AudioChunk.newBuilder(early.audio()).build();

    stage.processItself(early);
    assertThat(stage.snapshot()).isNotNull();
    stage.process(0);

    assertThat(stage.drain().get(1).left().chunk().audio()).isEqualTo(original);
    assertThat(early.audio()).isEqualTo(original);
  }

  @Test
  void dropsAndCountsDuplicates() throws Exception {
    for (Chunk chunk : call.allChunks()) {
      stage.process(chunk);
      stage.process(chunk);
    }

    List<Either<OrderedChunk, CallEnd>> steps = stage.drain();
    assertThat(indexes(steps)).containsExactlyElementsOf(range(0, call.chunks()));
    // The duplicate of the last chunk arrives after the end.
    assertThat(steps.get(steps.size() - 1).right().chunks().duplicate())
        .isEqualTo(call.chunks() - 1);
    assertThat(stage.drain(DeadLetters.LATE)).isEmpty();
    assertThat(stage.count("duplicateChunks")).isEqualTo(call.chunks());
  }

  @Test
  void acceptsACallFromTheMiddle() throws Exception {
    TestCall old = TestCall.ofSeconds("old", 200);
    for (long index = 5_000; index <= 5_010; index++) {
      stage.process(old.chunk(index));
    }

    List<Either<OrderedChunk, CallEnd>> steps = stage.drain();
    assertThat(indexes(steps)).containsExactlyElementsOf(range(5_000, 5_011));
    assertThat(steps.get(0).left().missingBefore()).isEqualTo(5_000);
  }
}
