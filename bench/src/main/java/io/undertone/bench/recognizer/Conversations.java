package io.undertone.bench.recognizer;

import io.undertone.audio.Pcm;
import io.undertone.bench.measure.SpeechClips;
import io.undertone.model.ChannelMemory;
import io.undertone.model.EmotionModel;
import io.undertone.model.Recognition;
import io.undertone.model.RecognitionRequest;
import java.util.ArrayList;
import java.util.List;

/** Calls in progress, whose memories have a full prefix. */
final class Conversations implements AutoCloseable {
  /** 275 tokens at 25 a second: more than a prefix holds. */
  private static final int FILLING_MS = 11_000;

  private final EmotionModel model;
  private final SpeechClips speech;
  private final List<ChannelMemory> memories = new ArrayList<>();
  private long playedMs;

  Conversations(EmotionModel model, SpeechClips speech, int count) {
    this.model = model;
    this.speech = speech;
    for (int i = 0; i < count; i++) {
      memories.add(model.newMemory(i));
      recognize(i, 1, FILLING_MS);
    }
  }

  /** Recognizes the next utterance of {@code count} calls from {@code first} on, in one batch. */
  List<Recognition> recognize(int first, int count, int utteranceMs) {
    List<RecognitionRequest> requests = new ArrayList<>();
    for (int i = first; i < first + count; i++) {
      playedMs += utteranceMs;
      Pcm utterance = speech.clip(playedMs, utteranceMs);
      requests.add(new RecognitionRequest(utterance, memories.get(i)));
    }
    return model.recognize(requests);
  }

  ChannelMemory memory(int index) {
    return memories.get(index);
  }

  @Override
  public void close() {
    memories.forEach(ChannelMemory::close);
  }
}
