package io.undertone.training.adapter;

import ai.djl.ndarray.NDManager;
import io.undertone.model.EmotionPrior;
import io.undertone.model.torch.ModelFingerprint;
import io.undertone.model.torch.SpeechTokenizers;
import io.undertone.model.torch.UndertoneConfig;
import io.undertone.model.torch.device.DeviceChoice;
import io.undertone.model.torch.device.TorchDevice;
import io.undertone.model.torch.encoder.ArithmeticChoice;
import io.undertone.model.torch.llama.LlamaWeights;
import io.undertone.model.torch.llama.Projection.Kind;
import io.undertone.model.torch.llama.WeightPrecision;
import io.undertone.model.torch.llama.peft.EmotionLora;
import io.undertone.model.torch.memory.lora.AdamW;
import io.undertone.model.torch.memory.lora.LoraMemoryConfig;
import io.undertone.model.torch.tokenizer.SpeechTokenizer;
import io.undertone.training.ProgressLog;
import io.undertone.training.TrainingException;
import io.undertone.training.corpus.ManifestClips;
import io.undertone.training.features.ReceivedClip;
import io.undertone.training.recipe.ClipSource;
import io.undertone.training.recipe.WorkDirectory;
import io.undertone.training.simulation.DialogueSampler;
import io.undertone.training.simulation.EmotionDynamics;
import io.undertone.training.tokenizer.TokenizedClips;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes a model directory of a Llama checkpoint, a speech tokenizer and labelled clips. The working
 * directory keeps codes and state, so that a stopped run resumes where it was.
 */
public final class AdapterTraining {

  private final ClipSource source;
  private final Path checkpoint;
  private final TokenizerSource tokenizer;
  private final AdapterPlan plan;
  private final DeviceChoice choice;
  private final ProgressLog progress;

  /**
   * @param checkpoint directory in Hugging Face's layout
   */
  public AdapterTraining(
      ClipSource source,
      Path checkpoint,
      TokenizerSource tokenizer,
      AdapterPlan plan,
      DeviceChoice choice,
      ProgressLog progress) {
    this.source = source;
    this.checkpoint = checkpoint;
    this.tokenizer = tokenizer;
    this.plan = plan;
    this.choice = choice;
    this.progress = progress;
  }

  /**
   * Starts or resumes the training.
   *
   * @param work directory of codes and state
   * @param out directory of the model
   * @throws TrainingException if the data is unusable, or {@code work} belongs to another training
   * @throws io.undertone.model.torch.files.ModelFileException if checkpoint or tokenizer are
   *     missing or not supported
   */
  public void run(Path work, Path out) throws IOException {
    BaseCheckpoint base = BaseCheckpoint.open(checkpoint);
    if (Files.exists(out) && Files.isSameFile(out, checkpoint)) {
      throw new TrainingException(
          "the new model must have another folder than the checkpoint, but both are " + out);
    }
    ManifestClips manifest = source.clips();
    source.requireTrainable(manifest.clips());
    EmotionDynamics dynamics = source.emotionDynamics();
    Path ownTokenizer = work.resolve("tokenizer");
    tokenizer.copyInto(ownTokenizer);
    WorkDirectory.claim(work.resolve("training.txt"), identity(ownTokenizer));
    try (TorchDevice device = TorchDevice.open(choice)) {
      device.run(
          () -> {
            try (NDManager manager = device.newManager();
                SpeechTokenizer loaded =
                    new SpeechTokenizers(ArithmeticChoice.FLOAT32).load(ownTokenizer, manager)) {
              BaseCheckpoint.Tokens tokens = base.tokens(loaded.codebookSize());
              TokenizedClips clips = clips(manifest, loaded, work);
              train(clips, dynamics, base, tokens, work, out, manager);
              finish(base, tokens, out);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    }
    progress.say("model %s is in %s", plan.name(), out);
  }

  private Map<String, Object> identity(Path ownTokenizer) throws IOException {
    Map<String, Object> id = new LinkedHashMap<>(source.identity());
    id.put("checkpoint", ModelFingerprint.of(checkpoint));
    id.put("tokenizer", ModelFingerprint.of(ownTokenizer));
    id.put("seed", plan.seed());
    id.put("rank", plan.rank());
    id.put("learning rate", plan.learningRate());
    id.put("number of steps", plan.steps());
    id.put("number of sequences per step", plan.sequencesPerStep());
    id.put("number of window tokens", plan.sequenceTokens());
    return id;
  }

  private TokenizedClips clips(ManifestClips manifest, SpeechTokenizer loaded, Path work)
      throws IOException {
    TokenFile file = TokenFile.open(work.resolve("tokens.txt"));
    return new ClipCodes(manifest, loaded, new ReceivedClip(plan.seed()), file, progress)
        .tokenize();
  }

  private void train(
      TokenizedClips clips,
      EmotionDynamics dynamics,
      BaseCheckpoint base,
      BaseCheckpoint.Tokens tokens,
      Path work,
      Path out,
      NDManager manager) {
    if (clips.dev().isEmpty()) {
      progress.say("no development clips: the last round is kept");
    }
    DialogueSampler dialogues = new DialogueSampler(clips.train(), dynamics);
    try (LlamaWeights weights =
            LlamaWeights.load(base.directory(), WeightPrecision.AS_STORED, manager);
        NDManager scope = manager.newSubManager()) {
      EmotionAdapter adapter = new EmotionAdapter(weights, tokens, plan, scope);
      new AdapterRounds(adapter, tokens.vocabulary(), plan, scope, progress)
          .run(dialogues, clips.dev(), work);
      adapter.write(base.directory(), out.resolve(EmotionLora.FOLDER), scope);
    }
  }

  /** Adds what makes the directory a model, its settings last. */
  private void finish(BaseCheckpoint base, BaseCheckpoint.Tokens tokens, Path out)
      throws IOException {
    base.addTo(out);
    tokenizer.copyInto(out);
    LoraMemoryConfig memory =
        new LoraMemoryConfig(
            plan.rank(),
            plan.rank(),
            List.of(Kind.values()),
            AdamW.Settings.typical(plan.learningRate(), 0),
            plan.sequenceTokens(),
            plan.sequenceTokens());
    new UndertoneConfig(plan.name(), tokens.vocabulary(), memory, EmotionPrior.UNIFORM, 1)
        .write(out);
  }
}
