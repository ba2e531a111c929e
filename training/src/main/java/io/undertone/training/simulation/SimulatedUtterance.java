package io.undertone.training.simulation;

import io.undertone.training.tokenizer.TokenizedClip;
import java.util.Optional;

/**
 * An utterance of the simulated channel.
 *
 * @param otherSide the other side's last utterance, if it has spoken
 */
public record SimulatedUtterance(TokenizedClip clip, Optional<TokenizedClip> otherSide) {}
