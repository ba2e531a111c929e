/** The emotion job in this process, on a Kafka of the user's own. */
@NullMarked
package io.undertone.cli.job;

import org.jspecify.annotations.NullMarked;
