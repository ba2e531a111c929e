package io.undertone.cli.classify;

import io.undertone.audio.Utterance;
import io.undertone.cli.recording.Side;
import io.undertone.model.Recognition;

/**
 * What was heard in one utterance of a file.
 *
 * @param side who spoke
 * @param utterance what was said
 * @param recognition how it sounded
 * @param updateStep how many updates the call's memory had seen then
 */
record HeardUtterance(Side side, Utterance utterance, Recognition recognition, int updateStep) {}
