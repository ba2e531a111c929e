package io.undertone.training.leaveout;

import io.undertone.model.Emotion;
import io.undertone.model.EmotionEstimate;
import io.undertone.training.corpus.Clip;

/**
 * The estimates of a clip that is labelled with one of the model's emotions.
 *
 * @param recorded of the clip as recorded
 * @param telephone of the clip over a telephone line
 */
record ClipEstimate(Clip clip, EmotionEstimate recorded, EmotionEstimate telephone) {

  Emotion label() {
    return clip.emotion().orElseThrow();
  }
}
