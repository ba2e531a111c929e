package io.undertone.training.adapter;

import io.undertone.audio.Pcm;
import io.undertone.model.Emotion;
import io.undertone.model.torch.tokenizer.SpeechTokenizer;
import io.undertone.model.torch.tokenizer.UtteranceCues;
import io.undertone.training.ProgressLog;
import io.undertone.training.corpus.Clip;
import io.undertone.training.corpus.ManifestClips;
import io.undertone.training.corpus.Split;
import io.undertone.training.features.ClipVersion;
import io.undertone.training.features.ReceivedClip;
import io.undertone.training.tokenizer.ClipVariant;
import io.undertone.training.tokenizer.TokenizedClip;
import io.undertone.training.tokenizer.TokenizedClips;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Clips of the model's emotions as codes of a finished tokenizer: training clips in all versions,
 * dev clips as recorded. Others are left out. Runs on the device's owner thread.
 *
 * @param versions draws voices and telephone lines
 * @param file keeps what is computed, so that a killed run continues with the clips that it lacks
 */
record ClipCodes(
    ManifestClips manifest,
    SpeechTokenizer tokenizer,
    ReceivedClip versions,
    TokenFile file,
    ProgressLog progress) {

  private static final double SHORTEST_SECONDS = 0.4;

  TokenizedClips tokenize() {
    List<Clip> usable = manifest.clips().stream().filter(ClipCodes::isUsable).toList();
    List<TokenizedClip> train = new ArrayList<>();
    List<TokenizedClip> dev = new ArrayList<>();
    int done = 0;
    for (Clip clip : usable) {
      List<TokenizedClip> ofSplit = clip.split() == Split.TRAIN ? train : dev;
      tokenized(clip).ifPresent(ofSplit::add);
      progress.report("tokens of clip", ++done, usable.size());
    }
    progress.say(
        "%d training and %d dev clips; left out: %d without one of the emotions or for testing, %d"
            + " shorter than %.1f s",
        train.size(),
        dev.size(),
        manifest.clips().size() - usable.size(),
        usable.size() - train.size() - dev.size(),
        SHORTEST_SECONDS);
    return new TokenizedClips(train, dev, List.of());
  }

  private static boolean isUsable(Clip clip) {
    return clip.split() != Split.TEST && clip.emotion().isPresent();
  }

  /** Empty if a version is too short. */
  private Optional<TokenizedClip> tokenized(Clip clip) {
    List<ClipVersion> wanted =
        clip.split() == Split.TRAIN ? List.of(ClipVersion.values()) : List.of(ClipVersion.RECORDED);
    float[] target = new float[Emotion.values().length];
    target[clip.emotion().orElseThrow().ordinal()] = 1;
    List<ClipVariant> variants =
        codes(clip, wanted).stream()
            .filter(codes -> codes.length >= SHORTEST_SECONDS * tokenizer.frameRateHz())
            .map(codes -> new ClipVariant(codes, UtteranceCues.NONE, target))
            .toList();
    return variants.size() < wanted.size()
        ? Optional.empty()
        : Optional.of(new TokenizedClip(clip.speaker(), clip.emotion(), variants));
  }

  private List<int[]> codes(Clip clip, List<ClipVersion> wanted) {
    if (wanted.stream().anyMatch(version -> file.codes(name(clip, version)).isEmpty())) {
      Pcm speech = manifest.audio(clip, tokenizer.sampleRateHz());
      for (ClipVersion version : wanted) {
        add(name(clip, version), versions.of(clip, version, speech));
      }
    }
    return wanted.stream().map(version -> file.codes(name(clip, version)).orElseThrow()).toList();
  }

  private void add(String name, Pcm speech) {
    try {
      file.add(name, tokenizer.encode(speech).ids());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String name(Clip clip, ClipVersion version) {
    return clip.id() + "#" + version.name();
  }
}
