package io.undertone.training.recipe;

import io.undertone.model.Emotion;
import io.undertone.model.torch.device.TorchDevice;
import io.undertone.model.torch.encoder.SmallEncoder;
import io.undertone.model.torch.features.Voices;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Vowels whose pitch depends on the emotion, some without a label, and a small encoder. */
public final class TinyTraining {

  private static final List<String> SPEAKERS = List.of("a", "b", "c");

  private TinyTraining() {}

  /** Writes recordings, manifest and encoder; in each corpus, speaker c is for development. */
  public static TrainingData write(Path directory, List<String> corpora) throws IOException {
    StringBuilder manifest =
        new StringBuilder(
            "path,corpus,speaker,gender,emotion,emotion4,official_split,weak,begin_ms,end_ms\n");
    for (String corpus : corpora) {
      for (String speaker : SPEAKERS) {
        for (Emotion emotion : Emotion.values()) {
          String name = corpora.indexOf(corpus) + speaker + emotion.shortName() + ".wav";
          double pitchHz =
              100 + 50 * emotion.ordinal() + speaker.charAt(0) % 7 + 3 * corpora.indexOf(corpus);
          Voices.write(directory.resolve(name), Voices.vowel(pitchHz, 700, 1));
          add(
              manifest,
              name,
              corpus,
              speaker,
              speaker.equals("a") ? "f" : "m",
              emotion.name(),
              emotion.shortName(),
              speaker.equals("c") ? "dev" : "train",
              "",
              "",
              "");
        }
      }
    }
    Voices.write(directory.resolve("everyday.wav"), Voices.vowel(140, 600, 2));
    add(manifest, "everyday.wav", "everyday", "1", "", "", "", "train", "neutral", "0", "900");
    add(manifest, "everyday.wav", "everyday", "2", "", "", "", "dev", "neutral", "900", "2000");
    Path file = Files.writeString(directory.resolve("manifest.csv"), manifest);
    return new TrainingData(
        new ClipSource(List.of(file), Optional.empty(), Set.of(), Optional.empty()),
        encoder(directory));
  }

  private static void add(StringBuilder manifest, String... values) {
    manifest.append(String.join(",", values)).append('\n');
  }

  private static EncoderSource encoder(Path directory) throws IOException {
    Path encoder = Files.createDirectories(directory.resolve("small-encoder"));
    Files.writeString(encoder.resolve("LICENSE"), "MIT");
    try (TorchDevice device = TorchDevice.openCpu()) {
      device.run(
          () -> {
            try (var manager = device.newManager()) {
              SmallEncoder.write(encoder, manager);
            }
          });
    }
    return EncoderSource.of(encoder, 2);
  }
}
