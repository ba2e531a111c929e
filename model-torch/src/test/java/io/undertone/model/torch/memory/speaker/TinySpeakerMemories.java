package io.undertone.model.torch.memory.speaker;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.undertone.model.Recognition;
import io.undertone.model.torch.TinyLlama;
import io.undertone.model.torch.llama.Llama;
import io.undertone.model.torch.llama.LlamaWeights;
import io.undertone.model.torch.memory.EngineContext;
import io.undertone.model.torch.memory.LogitCorrection;
import io.undertone.model.torch.memory.TokenizedUtterance;
import io.undertone.model.torch.memory.Vocabulary;
import java.util.List;
import java.util.function.IntFunction;
import org.assertj.core.data.Offset;

/** Engines of speaker memories on the tiny decoder. */
final class TinySpeakerMemories {
  static final Offset<Float> TOLERANCE = Offset.offset(1e-5f);
  static final int CLASSES = 4;
  static final int RANK = 3;
  static final int AUDIO_END = 96;

  private TinySpeakerMemories() {}

  /**
   * An engine.
   *
   * @param model for a width of the decoder
   * @param manager owns the decoder
   */
  static SpeakerMemoryEngine engine(
      SpeakerMemoryConfig config,
      LogitCorrection correction,
      IntFunction<SpeakerModel> model,
      NDManager manager) {
    Llama llama = new Llama(LlamaWeights.load(TinyLlama.base(), manager));
    Vocabulary vocabulary = new Vocabulary(96, AUDIO_END, 101, 102, List.of(97, 98, 99, 100));
    return new SpeakerMemoryEngine(
        config,
        new EngineContext(TinyLlama.base(), llama, vocabulary, correction, manager),
        owner -> model.apply(llama.config().width()));
  }

  /** An adapter of typical trust, rate and keep. */
  static HeadAdapter adapter(NDArray key, NDArray evidence, NDArray dynamics) {
    NDManager manager = key.getManager();
    return new HeadAdapter(
        key,
        evidence,
        dynamics,
        manager.full(new Shape(1), 0.5f),
        manager.full(new Shape(1), 0.1f),
        manager.full(new Shape(1), 0.98f));
  }

  /**
   * Recognizes four rounds of two utterances in a batch, and again one by one.
   *
   * @param utterances of a round
   */
  static void assertBatchesEqualSingles(
      SpeakerMemoryEngine engine, IntFunction<List<TokenizedUtterance>> utterances) {
    List<SpeakerMemory> together = List.of(engine.newMemory(1), engine.newMemory(2));
    List<SpeakerMemory> alone = List.of(engine.newMemory(1), engine.newMemory(2));
    for (int round = 0; round < 4; round++) {
      List<TokenizedUtterance> spoken = utterances.apply(round);
      List<Recognition> batch = engine.recognize(together, spoken);
      for (int i = 0; i < 2; i++) {
        Recognition single = engine.recognize(List.of(alone.get(i)), List.of(spoken.get(i))).get(0);
        assertThat(batch.get(i).estimate().toArray())
            .containsExactly(single.estimate().toArray(), TOLERANCE);
        assertThat(batch.get(i).update().applied()).isTrue();
        assertThat(batch.get(i).update().loss()).isCloseTo(single.update().loss(), TOLERANCE);
      }
    }
  }
}
