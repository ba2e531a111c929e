/** The emotion job in this process, on your own Kafka. */
@NullMarked
package io.undertone.cli.job;

import org.jspecify.annotations.NullMarked;
