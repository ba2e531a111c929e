package io.undertone.model;

/**
 * Opens a {@link FakeEmotionModel} of its own for each caller.
 *
 * @param fingerprint of the models; another one makes their memories foreign
 */
public record FakeEmotionModelFactory(String fingerprint) implements EmotionModelFactory {

  public FakeEmotionModelFactory() {
    this("fake-1");
  }

  @Override
  public FakeEmotionModel open() {
    return new FakeEmotionModel(fingerprint);
  }
}
