package io.undertone.cli.recording;

import io.undertone.audio.Pcm;
import io.undertone.schemas.Role;

/**
 * One side of a recorded call.
 *
 * @param channel its number in the file, from 0
 * @param role of the speaker
 * @param pcm the audio at the file's rate
 */
public record Side(int channel, Role role, Pcm pcm) {}
