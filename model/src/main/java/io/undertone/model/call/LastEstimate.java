package io.undertone.model.call;

import io.undertone.model.EmotionEstimate;

/**
 * The estimate of a channel's last utterance.
 *
 * @param endOffsetMs end of the utterance, since the call's start
 */
public record LastEstimate(EmotionEstimate estimate, long endOffsetMs) {}
