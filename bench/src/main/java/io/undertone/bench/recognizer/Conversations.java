package io.undertone.bench.recognizer;

import io.undertone.audio.Pcm;
import io.undertone.bench.measure.SpeechClips;
import io.undertone.model.ChannelMemory;
import io.undertone.model.EmotionModel;
import io.undertone.model.Recognition;
import io.undertone.model.RecognitionRequest;
import java.util.ArrayList;
import java.util.List;

/** Calls in progress: each memory has seen enough tokens to fill its prefix. */
final class Conversations implements AutoCloseable {
  /** 275 tokens at 25 a second: more than a prefix holds. */
  private static final int FILLING_MS = 11_000;

  private final EmotionModel model;
  private final SpeechClips speech;
  private final List<ChannelMemory> memories = new ArrayList<>();
  private long saidMs;

  Conversations(EmotionModel model, SpeechClips speech, int count) {
    this.model = model;
    this.speech = speech;
    for (int i = 0; i < count; i++) {
      memories.add(model.newMemory(i));
      hear(i, 1, FILLING_MS);
    }
  }

  /** Recognizes one more utterance of each of some calls, in one batch. */
  List<Recognition> hear(int first, int count, int utteranceMs) {
    List<RecognitionRequest> requests = new ArrayList<>();
    for (int i = first; i < first + count; i++) {
      saidMs += utteranceMs;
      Pcm utterance = speech.clip(saidMs, utteranceMs);
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
