package io.undertone.cli.classify;

import io.undertone.audio.Utterance;
import io.undertone.audio.segment.ChannelSegmenter;
import io.undertone.audio.segment.SegmenterConfig;
import io.undertone.audio.segment.SegmenterState;
import io.undertone.audio.vad.VoiceActivityDetector;
import io.undertone.cli.recording.Recording;
import io.undertone.cli.recording.Side;
import io.undertone.model.ChannelMemory;
import io.undertone.model.ConversationSeed;
import io.undertone.model.EmotionModel;
import io.undertone.model.LastHeard;
import io.undertone.model.Recognition;
import io.undertone.model.RecognitionRequest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Hears recordings as the job hears calls: the same segmenter, the same model, one memory a channel
 * that learns its utterances in the order in which they end.
 */
final class FileClassifier {
  private static final Comparator<Spoken> BY_END =
      Comparator.<Spoken>comparingLong(spoken -> spoken.utterance().endOffsetMs())
          .thenComparingInt(spoken -> spoken.side().channel());

  private final EmotionModel model;
  private final VoiceActivityDetector detector;
  private final String tenant;

  /**
   * @param tenant with the recording's name it seeds the memory
   */
  FileClassifier(EmotionModel model, VoiceActivityDetector detector, String tenant) {
    this.model = model;
    this.detector = detector;
    this.tenant = tenant;
  }

  private record Spoken(Side side, Utterance utterance) {}

  /** Hears one call; hands each utterance on as soon as it is recognized. */
  void classify(Recording recording, Consumer<HeardUtterance> heard) {
    long seed = ConversationSeed.of(tenant, recording.conversationId());
    Map<Integer, ChannelMemory> memories = new HashMap<>();
    LastHeard<Integer> last = new LastHeard<>();
    try {
      for (Spoken spoken : spoken(recording)) {
        int channel = spoken.side().channel();
        ChannelMemory memory = memories.computeIfAbsent(channel, any -> model.newMemory(seed));
        RecognitionRequest request =
            new RecognitionRequest(spoken.utterance().pcm(), memory, last.besides(channel));
        Recognition recognition = model.recognize(List.of(request)).get(0);
        last.heard(channel, recognition.estimate());
        heard.accept(
            new HeardUtterance(
                spoken.side(), spoken.utterance(), recognition, memory.updateStep()));
      }
    } finally {
      memories.values().forEach(ChannelMemory::close);
    }
  }

  private List<Spoken> spoken(Recording recording) {
    List<Spoken> all = new ArrayList<>();
    for (Side side : recording.sides()) {
      ChannelSegmenter segmenter =
          new ChannelSegmenter(SegmenterConfig.defaults(), detector, SegmenterState.startingAt(0));
      segmenter.accept(side.pcm()).forEach(utterance -> all.add(new Spoken(side, utterance)));
      segmenter.finish().forEach(utterance -> all.add(new Spoken(side, utterance)));
    }
    all.sort(BY_END);
    return all;
  }
}
