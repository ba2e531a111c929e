package io.undertone.cli.classify;

import io.undertone.audio.Utterance;
import io.undertone.cli.recording.Side;
import io.undertone.model.Recognition;

/**
 * The result of one utterance of a file.
 *
 * @param updateStep updates of the channel's memory so far, with this utterance
 */
record ClassifiedUtterance(
    Side side, Utterance utterance, Recognition recognition, int updateStep) {}
