package io.undertone.training.adapter;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.undertone.model.EmotionEstimate;
import io.undertone.model.torch.device.Backward;
import io.undertone.model.torch.files.TensorFiles;
import io.undertone.model.torch.llama.Llama;
import io.undertone.model.torch.llama.LlamaWeights;
import io.undertone.model.torch.llama.Lora;
import io.undertone.model.torch.llama.Projection;
import io.undertone.model.torch.llama.Projection.Kind;
import io.undertone.model.torch.llama.learning.AddedTokens;
import io.undertone.model.torch.llama.learning.RecomputingPass;
import io.undertone.model.torch.llama.peft.EmotionLoraWriter;
import io.undertone.model.torch.memory.Vocabulary;
import io.undertone.training.decoder.SequenceBatch;
import io.undertone.training.decoder.SequenceLosses;
import io.undertone.training.decoder.TrainingSequence;
import io.undertone.training.optimization.TrainableWeights;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * What learns beside a frozen checkpoint: a LoRA on all projections, and the rows of added tokens.
 * Runs on the device's owner thread.
 */
final class EmotionAdapter {

  private static final List<Kind> KINDS = List.of(Kind.values());
  private static final String ADDED = "added.";

  private final LlamaWeights base;
  private final Vocabulary vocabulary;
  private final AdapterPlan plan;
  private final TrainableWeights weights;
  private final Llama llama;
  private final RecomputingPass pass;
  private final AddedTokens tokens;
  private final Lora lora;
  private final NDArray share;

  /**
   * @param base frozen
   * @param tokens of which the base lacks some
   * @param manager owns what learns
   */
  EmotionAdapter(
      LlamaWeights base, BaseCheckpoint.Tokens tokens, AdapterPlan plan, NDManager manager) {
    this.base = base;
    this.vocabulary = tokens.vocabulary();
    this.plan = plan;
    Random random = new Random(plan.seed());
    this.weights = new TrainableWeights(manager, random);
    this.llama = new Llama(base);
    this.pass = new RecomputingPass(llama);
    this.lora = new Lora(factors(), manager.ones(new Shape()));
    this.tokens = new AddedTokens(llama, tables(tokens.added(), random, manager));
    this.share = manager.full(new Shape(), 0.5f / plan.sequencesPerStep());
  }

  /** Alpha is the rank, so that the scaling is 1. */
  private Map<Projection, Lora.Pair> factors() {
    Map<Projection, Lora.Pair> factors = new LinkedHashMap<>();
    for (int layer = 0; layer < base.config().layers(); layer++) {
      for (Kind kind : KINDS) {
        Projection projection = new Projection(layer, kind);
        int in = projection.inWidth(base.config());
        int out = projection.outWidth(base.config());
        factors.put(
            projection,
            new Lora.Pair(
                weights.get(projection.loraAName(), new Shape(1, plan.rank(), in), in),
                weights.get(projection.loraBName(), new Shape(1, out, plan.rank()), 0)));
      }
    }
    return factors;
  }

  private List<NDArray> tables(int added, Random random, NDManager manager) {
    if (added == 0) {
      return List.of();
    }
    List<NDArray> tables = AddedTokens.drawn(llama, added, random, manager);
    for (int i = 0; i < tables.size(); i++) {
      weights.adopt(ADDED + base.tableNames().get(i), tables.get(i));
    }
    return tables;
  }

  /** What learns. */
  TrainableWeights weights() {
    return weights;
  }

  /**
   * Adds the gradients of a sequence's share of a step's loss, {@code L = (L_a + L_e) / 2}: next
   * token and emotion at the end of each utterance, as in arXiv 2507.09076.
   *
   * @return L
   */
  float learn(TrainingSequence sequence, NDManager step) {
    SequenceBatch batch = new SequenceBatch(List.of(sequence));
    int[] ids = sequence.ids();
    RecomputingPass.Learned learned =
        pass.learn(tokens.embed(ids, 1, step), lora, stream -> loss(stream, batch).mul(share));
    if (!tokens.isEmpty()) {
      new Backward().through(() -> tokens.embed(ids, 1, step), learned.ofEmbedded());
    }
    return learned.loss().getFloat() * plan.sequencesPerStep();
  }

  /** L_a + L_e, a scalar. */
  private NDArray loss(NDArray stream, SequenceBatch batch) {
    NDManager scope = stream.getManager();
    NDArray nextToken =
        SequenceLosses.nextTokens(
            batch.nextTokens(), scope, positions -> tokens.logits(llama.at(stream, positions)));
    NDArray emotion =
        SequenceLosses.labels(
            batch.labels(TrainingSequence::utteranceEnds),
            scope,
            positions -> emotionLogits(llama.at(stream, positions)));
    return nextToken.add(emotion);
  }

  /** stream: (…, width) to (…, classes) */
  private NDArray emotionLogits(NDArray stream) {
    NDArray rows = tokens.headRows(vocabulary.emotions(), stream.getManager());
    return llama.logits(stream, rows);
  }

  /** The estimate of an utterance without what came before it. */
  EmotionEstimate estimate(int[] codes, NDManager step) {
    int[] ids = vocabulary.withBos(vocabulary.utterance(codes));
    NDArray stream = pass.forward(tokens.embed(ids, 1, step), lora);
    NDArray end = llama.at(stream, step.create(new long[] {ids.length - 1L}));
    return new EmotionEstimate(emotionLogits(end).softmax(1).toFloatArray());
  }

  /**
   * Writes what has been learned in the peft layout.
   *
   * @param checkpoint whose tables the added rows follow
   */
  void write(Path checkpoint, Path directory, NDManager scope) {
    Map<String, NDArray> factors = new LinkedHashMap<>();
    weights
        .select(name -> !name.startsWith(ADDED))
        .forEach((name, factor) -> factors.put(name, factor.squeeze(0)));
    Map<String, NDArray> tables = new LinkedHashMap<>();
    try (TensorFiles files = TensorFiles.ofModel(checkpoint)) {
      weights
          .select(name -> name.startsWith(ADDED))
          .forEach(
              (name, added) -> {
                String table = name.substring(ADDED.length());
                tables.put(table, files.read(table, files.shape(table), scope).concat(added, 0));
              });
    }
    EmotionLoraWriter.write(directory, plan.rank(), plan.rank(), KINDS, factors, tables);
  }
}
