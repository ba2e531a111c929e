package io.undertone.evaluation.dialogue;

import io.undertone.audio.Pcm;
import io.undertone.model.torch.memory.Vocabulary;
import io.undertone.model.torch.tokenizer.SpeechTokenizer;
import io.undertone.model.torch.tokenizer.SpeechTokens;
import io.undertone.model.torch.tokenizer.UtteranceCues;
import io.undertone.training.ProgressLog;
import io.undertone.training.corpus.ClipAudio;
import io.undertone.training.corpus.CorpusException;
import io.undertone.training.corpus.Dialogue;
import io.undertone.training.corpus.Turn;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The tokens of clips, each computed once; runs on the device's owner thread. */
final class ClipTokens {
  private final SpeechTokenizer tokenizer;
  private final Vocabulary vocabulary;
  private final ClipAudio audio;
  private final Map<String, SpeechTokens> byPath = new HashMap<>();
  private final Map<String, Long> durationsMs = new HashMap<>();

  ClipTokens(SpeechTokenizer tokenizer, Vocabulary vocabulary, ClipAudio audio) {
    this.tokenizer = tokenizer;
    this.vocabulary = vocabulary;
    this.audio = audio;
  }

  /** Computes the tokens of all clips of the dialogues. */
  void prepare(List<Dialogue> dialogues, ProgressLog progress) {
    List<String> paths = paths(dialogues).toList();
    for (int i = 0; i < paths.size(); i++) {
      of(paths.get(i));
      progress.report("clips to tokens", i + 1, paths.size());
    }
  }

  /** The clips of dialogues, each once. */
  static Stream<String> paths(List<Dialogue> dialogues) {
    return dialogues.stream()
        .flatMap(dialogue -> dialogue.turns().stream())
        .map(Turn::path)
        .distinct();
  }

  /** An utterance's tokens as the decoder reads them. */
  int[] of(String path) {
    return vocabulary.utterance(speech(path).ids());
  }

  /** The cues measured in an utterance. */
  UtteranceCues cues(String path) {
    return speech(path).cues();
  }

  /** An utterance's speech tokens. */
  SpeechTokens speech(String path) {
    return byPath.computeIfAbsent(path, this::encode);
  }

  /** The duration of a clip whose tokens were computed. */
  long durationMs(String path) {
    Long durationMs = durationsMs.get(path);
    if (durationMs == null) {
      throw new IllegalArgumentException("clip must have tokens, but has none: " + path);
    }
    return durationMs;
  }

  private SpeechTokens encode(String path) {
    Pcm clip = audio.read(path);
    durationsMs.put(path, clip.durationMs());
    SpeechTokens tokens = tokenizer.encode(clip);
    if (tokens.ids().length == 0) {
      throw new CorpusException(path + " must be at least one token long");
    }
    return tokens;
  }
}
