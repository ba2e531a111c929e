/** How an utterance is spoken, apart from its words: how loud, and how fast. */
@NullMarked
package io.undertone.audio.prosody;

import org.jspecify.annotations.NullMarked;
