/** The folders of a deployment, and of Flink's own distribution, made of this JVM's class path. */
@NullMarked
package io.undertone.local.distribution;

import org.jspecify.annotations.NullMarked;
