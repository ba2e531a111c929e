/**
 * A real cluster on this machine: ZooKeeper, Kafka, a JobManager with high availability and
 * TaskManagers, each in a JVM of its own, with the class loaders of a deployment.
 */
@NullMarked
package io.undertone.local.cluster;

import org.jspecify.annotations.NullMarked;
