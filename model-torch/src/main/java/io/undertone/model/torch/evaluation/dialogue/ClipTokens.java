package io.undertone.model.torch.evaluation.dialogue;

import io.undertone.model.torch.corpus.ClipAudio;
import io.undertone.model.torch.corpus.CorpusException;
import io.undertone.model.torch.corpus.ProgressLog;
import io.undertone.model.torch.dpm.Vocabulary;
import io.undertone.model.torch.tokenizer.SpeechTokenizer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The tokens of clips, each made once; runs on the device's owner thread. */
final class ClipTokens {
  private final SpeechTokenizer tokenizer;
  private final Vocabulary vocabulary;
  private final ClipAudio audio;
  private final Map<String, int[]> byPath = new HashMap<>();

  ClipTokens(SpeechTokenizer tokenizer, Vocabulary vocabulary, ClipAudio audio) {
    this.tokenizer = tokenizer;
    this.vocabulary = vocabulary;
    this.audio = audio;
  }

  /** Makes the tokens of all clips of the dialogues. */
  void prepare(List<Dialogue> dialogues, ProgressLog progress) {
    List<String> paths =
        dialogues.stream()
            .flatMap(dialogue -> dialogue.turns().stream())
            .map(Turn::path)
            .distinct()
            .toList();
    for (int i = 0; i < paths.size(); i++) {
      of(paths.get(i));
      progress.report("clips to tokens", i + 1, paths.size());
    }
  }

  /** An utterance as the decoder reads it. */
  int[] of(String path) {
    return byPath.computeIfAbsent(path, this::tokens);
  }

  /** An utterance's speech tokens alone. */
  int[] speech(String path) {
    int[] utterance = of(path);
    return Arrays.copyOf(utterance, utterance.length - 1);
  }

  private int[] tokens(String path) {
    int[] ids = tokenizer.encode(audio.read(path)).ids();
    if (ids.length == 0) {
      throw new CorpusException(path + " must be at least one token long, but is not");
    }
    return vocabulary.utterance(ids);
  }
}
