package io.undertone.training.tokenizer;

import java.util.List;

/**
 * Clips as decoder and memory are trained and evaluated on.
 *
 * @param train training clips
 * @param dev labelled development clips, maybe none
 * @param everyday training clips of everyday speech, maybe none
 */
public record TokenizedClips(
    List<TokenizedClip> train, List<TokenizedClip> dev, List<EverydayClip> everyday) {

  public TokenizedClips {
    train = List.copyOf(train);
    dev = List.copyOf(dev);
    everyday = List.copyOf(everyday);
  }
}
