/**
 * A call, channel by channel. {@link io.undertone.model.call.LiveCall} drives a call wherever calls
 * are recognized; {@link io.undertone.model.call.ChannelState} is what is saved of one channel.
 */
@NullMarked
package io.undertone.model.call;

import org.jspecify.annotations.NullMarked;
