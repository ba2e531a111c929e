package io.undertone.cli.classify;

import io.undertone.audio.Utterance;
import io.undertone.audio.segment.ChannelSegmenter;
import io.undertone.audio.vad.VoiceActivityDetector;
import io.undertone.cli.recording.Recording;
import io.undertone.cli.recording.Side;
import io.undertone.model.ChannelMemory;
import io.undertone.model.ConversationSeed;
import io.undertone.model.EmotionModel;
import io.undertone.model.Recognition;
import io.undertone.model.RecognitionRequest;
import io.undertone.model.call.LiveCall;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/**
 * Recognizes recordings as the job recognizes calls: with the same segmenter, model and call
 * driver. Utterances come in the order in which they end.
 */
final class FileClassifier {
  private static final Comparator<Spoken> BY_END =
      Comparator.<Spoken>comparingLong(spoken -> spoken.utterance().endOffsetMs())
          .thenComparingInt(spoken -> spoken.side().channel());

  private final EmotionModel model;
  private final VoiceActivityDetector detector;
  private final String tenant;

  /**
   * @param tenant seeds memories, together with the recording's name
   */
  FileClassifier(EmotionModel model, VoiceActivityDetector detector, String tenant) {
    this.model = model;
    this.detector = detector;
    this.tenant = tenant;
  }

  private record Spoken(Side side, Utterance utterance) {}

  /** Recognizes one call. Passes each utterance on as soon as it is recognized. */
  void classify(Recording recording, Consumer<ClassifiedUtterance> results) {
    long seed = ConversationSeed.of(tenant, recording.conversationId());
    try (LiveCall<ChannelMemory> call = new LiveCall<>(channel -> model.newMemory(seed))) {
      for (Spoken spoken : spoken(recording)) {
        results.accept(classify(spoken, call));
      }
    }
  }

  private ClassifiedUtterance classify(Spoken spoken, LiveCall<ChannelMemory> call) {
    int channel = spoken.side().channel();
    Utterance utterance = spoken.utterance();
    RecognitionRequest request = call.request(channel, utterance.pcm());
    Recognition recognition = model.recognize(List.of(request)).get(0);
    call.recognized(channel, utterance.endOffsetMs(), recognition.estimate());
    return new ClassifiedUtterance(
        spoken.side(), utterance, recognition, request.memory().updateStep());
  }

  private List<Spoken> spoken(Recording recording) {
    List<Spoken> all = new ArrayList<>();
    for (Side side : recording.sides()) {
      ChannelSegmenter.utterances(side.pcm(), detector)
          .forEach(utterance -> all.add(new Spoken(side, utterance)));
    }
    all.sort(BY_END);
    return all;
  }
}
