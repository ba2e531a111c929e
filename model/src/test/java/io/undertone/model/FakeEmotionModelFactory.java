package io.undertone.model;

import io.undertone.model.recognizer.EmotionModelFactory;
import io.undertone.model.recognizer.ModelHandle;

/**
 * Opens a {@link FakeEmotionModel} of its own for each user.
 *
 * @param fingerprint of the models; models with another one refuse their memories
 */
public record FakeEmotionModelFactory(String fingerprint) implements EmotionModelFactory {

  public FakeEmotionModelFactory() {
    this("fake-1");
  }

  @Override
  public ModelHandle open() {
    return ModelHandle.of(new FakeEmotionModel(fingerprint));
  }
}
