package io.undertone.training.finetuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.undertone.model.torch.UndertoneConfig;
import io.undertone.model.torch.files.ModelFileException;
import io.undertone.model.torch.files.TensorFiles;
import io.undertone.model.torch.memory.speaker.VoiceModel;
import io.undertone.model.torch.tokenizer.UtteranceHead;
import io.undertone.training.KilledAt;
import io.undertone.training.ProgressLog;
import io.undertone.training.TrainingException;
import io.undertone.training.corpus.ManifestClips;
import io.undertone.training.recipe.TinyTraining;
import io.undertone.training.recipe.Training;
import io.undertone.training.recipe.TrainingPlan;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fine-tunes a model of one set of vowels to others. */
class FineTuningTest {

  private static final List<String> KEPT =
      List.of(
          "config.json",
          "model.safetensors",
          "foresight.safetensors",
          "speech-tokenizer.json",
          "speech-tokenizer.safetensors",
          "token-classifier.json",
          "token-classifier.safetensors",
          "encoder/model.safetensors",
          "encoder/LICENSE");

  @TempDir static Path shared;

  @TempDir Path directory;

  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private Path out = Path.of("");

  @BeforeAll
  static void trainTheSource() throws IOException {
    new Training(
            TinyTraining.write(shared, List.of("voices")),
            new TrainingPlan("tiny", 3, 1, 1, 1, 1.5),
            progress(new ByteArrayOutputStream()))
        .run(shared.resolve("work"), shared.resolve("features.bin"), source());
    Files.writeString(source().resolve("MODEL_CARD.md"), "# The card\n");
  }

  @BeforeEach
  void nameTheNewModel() {
    out = directory.resolve("mine");
  }

  @Test
  void fitsTheHeadAndTheVoicesAndCopiesAllElse() throws IOException {
    Comparison comparison = run(clips(List.of("one", "two"), "")).orElseThrow();

    for (String file : KEPT) {
      assertThat(out.resolve(file)).hasSameBinaryContentAs(source().resolve(file));
    }
    assertDiffers(UtteranceHead.WEIGHTS_FILE, "labels.weight", "labels.bias");
    assertDiffers(VoiceModel.FILE, "centre", "emotions.weight");
    UndertoneConfig config = UndertoneConfig.read(out);
    assertThat(config.name()).isEqualTo("tiny-mine");
    assertThat(config.temperature()).isEqualTo(1.5);
    assertThat(out.resolve("MODEL_CARD.md"))
        .content()
        .startsWith("`tiny-mine` is `tiny`, fine-tuned")
        .endsWith("# The card\n");
    assertThat(comparison.clips()).hasSize(8).anyMatch(clip -> !clip.before().equals(clip.after()));
    assertThat(messages()).contains("voice model moved towards 4 speakers");
  }

  @Test
  void theMemoryStaysWithTooFewSpeakers() throws IOException {
    run(clips(List.of("one"), ""));

    assertThat(out.resolve(VoiceModel.FILE)).hasSameBinaryContentAs(voice());
    assertThat(messages())
        .contains(
            "the memory stays as it was: speakers with clips of all four emotions must be at least"
                + " 3, but are 2");
  }

  @Test
  void labelsWithoutClipsKeepTheirWeights() throws IOException {
    run(clips(List.of("one"), "(?m)^.*(hap|sad|everyday).*\n"));

    float[] before = tensor(source(), "labels.bias");
    float[] after = tensor(out, "labels.bias");
    assertThat(new float[] {after[0], after[1]}).containsExactly(before[0], before[1]);
    assertThat(after[2]).isNotEqualTo(before[2]);
  }

  @Test
  void comparesNothingWithoutDevClips() throws IOException {
    assertThat(run(clips(List.of("one"), "(?m)^.*,dev,.*\n"))).isEmpty();
  }

  @Test
  void clipsWithUnknownLabelsAreLeftOut() throws IOException {
    ManifestClips clips =
        clips(List.of("one"), "(?m)(?<=^0asad.wav,one,a,f,)SAD,sad(?=,train)", "boredom,");

    run(clips);

    assertThat(messages())
        .contains("1 clips left out: the model's labels are [hap, sad, ang, neu]");
  }

  @Test
  void shortClipsAreLeftOutAndCounted() throws IOException {
    run(clips(List.of("one"), "neutral,0,900", "neutral,0,300"));

    assertThat(messages()).contains("1 of 9 clips left out: they are shorter than 0.4 s");
  }

  @Test
  void rejectsWhatCannotBeFineTuned() throws IOException {
    ManifestClips clips = clips(List.of("one"), "");
    Path headless = directory.resolve("headless");
    SourceModel.read(source()).copyPartsTo(headless, "headless");
    SourceModel.read(source()).writeSettings(headless, "headless");
    Files.delete(headless.resolve(UtteranceHead.WEIGHTS_FILE));

    assertThatThrownBy(
            () ->
                new FineTuning(headless, clips, progress(log)).run(name(), work(), features(), out))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining("only models with an utterance head can be fine-tuned");
    assertThatThrownBy(() -> run(clips(List.of("one"), "(?m)^.*(hap|sad|neu),train.*\n")))
        .isInstanceOf(TrainingException.class)
        .hasMessageEndingWith("at least 2 of the emotions hap, sad, ang and neu, but are of [ang]");
    assertThatThrownBy(
            () ->
                new FineTuning(source(), clips, progress(log))
                    .run(name(), work(), features(), source()))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("another folder than its source");
    assertThatThrownBy(
            () ->
                new FineTuning(source(), clips, progress(log))
                    .run(Optional.of("tiny"), work(), features(), out))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("another name than its source");
    assertThat(out).doesNotExist();
  }

  @Test
  void aFinishedModelIsNotOverwritten() throws IOException {
    ManifestClips clips = clips(List.of("one"), "");
    run(clips);

    assertThatThrownBy(() -> run(clips))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("must have no model yet, but " + out + " has one");
  }

  @Test
  void aKilledRunLeavesNoModel() throws IOException {
    ManifestClips clips = clips(List.of("one"), "");

    FineTuning killed = new FineTuning(source(), clips, KilledAt.log("utterance head fitted to"));
    assertThatThrownBy(() -> killed.run(name(), work(), features(), out)).hasMessage("killed");

    assertThat(out.resolve(UtteranceHead.WEIGHTS_FILE)).exists();
    assertThat(out.resolve(UndertoneConfig.FILE)).doesNotExist();
  }

  private static Path source() {
    return shared.resolve("source");
  }

  private static Path voice() {
    return source().resolve(VoiceModel.FILE);
  }

  private static Optional<String> name() {
    return Optional.empty();
  }

  private Path work() {
    return directory.resolve("work");
  }

  private Path features() {
    return directory.resolve("features.bin");
  }

  private Optional<Comparison> run(ManifestClips clips) throws IOException {
    return new FineTuning(source(), clips, progress(log)).run(name(), work(), features(), out);
  }

  private ManifestClips clips(List<String> corpora, String removed) throws IOException {
    return clips(corpora, removed, "");
  }

  private ManifestClips clips(List<String> corpora, String replaced, String by) throws IOException {
    TinyTraining.write(directory, corpora);
    Path manifest = directory.resolve("manifest.csv");
    if (!replaced.isEmpty()) {
      Files.writeString(manifest, Files.readString(manifest).replaceAll(replaced, by));
    }
    return ManifestClips.read(List.of(manifest), Optional.empty(), Set.of());
  }

  private void assertDiffers(String file, String... tensors) {
    try (TensorFiles before = TensorFiles.ofFile(source().resolve(file));
        TensorFiles after = TensorFiles.ofFile(out.resolve(file))) {
      List<String> different =
          before.names().stream()
              .filter(
                  name ->
                      !Arrays.equals(
                          before.read(name, before.shape(name)),
                          after.read(name, before.shape(name))))
              .toList();
      assertThat(different).containsExactlyInAnyOrder(tensors);
    }
  }

  private static float[] tensor(Path model, String name) {
    try (TensorFiles files = TensorFiles.ofFile(model.resolve(UtteranceHead.WEIGHTS_FILE))) {
      return files.read(name, files.shape(name));
    }
  }

  private String messages() {
    return log.toString(StandardCharsets.UTF_8);
  }

  private static ProgressLog progress(ByteArrayOutputStream out) {
    return new ProgressLog(new PrintStream(out, true, StandardCharsets.UTF_8));
  }
}
