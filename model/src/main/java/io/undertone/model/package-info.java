/**
 * The contract of an emotion model: {@link io.undertone.model.EmotionModel} estimates utterances
 * and updates the {@link io.undertone.model.ChannelMemory} of their channel. {@link
 * io.undertone.model.MemoryCodec} turns a memory into bytes that outlive the process.
 */
@NullMarked
package io.undertone.model;

import org.jspecify.annotations.NullMarked;
