/**
 * Makes a model of a pretrained Llama checkpoint: the checkpoint stays frozen, an emotion LoRA and
 * the rows of added tokens learn. {@link io.undertone.training.adapter.AdapterTraining} runs it;
 * {@link io.undertone.training.adapter.BaseCheckpoint} and {@link
 * io.undertone.training.adapter.TokenizerSource} are what the user brings, {@link
 * io.undertone.training.adapter.ClipCodes} the clips as codes, and {@link
 * io.undertone.training.adapter.EmotionAdapter} what learns. Read them in this order.
 */
@NullMarked
package io.undertone.training.adapter;

import org.jspecify.annotations.NullMarked;
