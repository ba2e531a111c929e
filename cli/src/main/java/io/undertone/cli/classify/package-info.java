/** Recognizes emotions in files, without Kafka or Flink. */
@NullMarked
package io.undertone.cli.classify;

import org.jspecify.annotations.NullMarked;
