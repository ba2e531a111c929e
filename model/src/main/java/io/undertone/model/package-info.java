/**
 * What an emotion model promises: {@link io.undertone.model.EmotionModel} hears utterances and
 * writes what it heard into the {@link io.undertone.model.LoraMemory} of each call; {@link
 * io.undertone.model.MemoryCodec} turns a memory into bytes that outlive the process.
 */
@NullMarked
package io.undertone.model;

import org.jspecify.annotations.NullMarked;
