/** Sends recordings to a topic, as a telephone system sends live calls. */
@NullMarked
package io.undertone.local.replay;

import org.jspecify.annotations.NullMarked;
