package io.undertone.local.cluster;

import java.util.List;

/**
 * This JVM's class path, divided as a deployment divides it: what Flink's distribution has, what is
 * added to its {@code lib/}, and what the job's own jar holds. The profile {@code deployment} of
 * the module {@code jobs} lists the same artifacts.
 *
 * @param all the class path, undivided
 */
record DeploymentLayout(ClassPath all) {
  private static final List<String> FRAMEWORK =
      List.of(
          "flink-annotations-",
          "flink-clients-",
          "flink-connector-datagen-",
          "flink-core-",
          "flink-datastream-",
          "flink-file-sink-common-",
          "flink-hadoop-fs-",
          "flink-metrics-core-",
          "flink-queryable-state-client-java-",
          "flink-rpc-",
          "flink-runtime-",
          "flink-shaded-",
          "flink-statebackend-",
          "flink-streaming-java-",
          "frocksdbjni-",
          "commons-cli-",
          "commons-collections-",
          "commons-io-",
          "commons-lang3-",
          "commons-text-",
          "async-profiler-",
          "javassist-",
          "jsr305-",
          "kryo-",
          "log4j-",
          "lz4-java-",
          "minlog-",
          "objenesis-",
          "reflectasm-",
          "RoaringBitmap-",
          "slf4j-api-",
          "snakeyaml-engine-",
          "snappy-java-",
          "zstd-jni-");

  private static final List<String> LIB =
      List.of(
          "undertone-audio",
          "undertone-model",
          "undertone-networks",
          "onnxruntime-",
          "concentus-",
          "jflac-codec-",
          "api-",
          "pytorch-",
          "gson-",
          "jna-",
          "commons-compress-",
          "commons-codec-",
          "commons-math3-",
          "JTransforms-",
          "JLargeArrays-",
          "jackson-databind-",
          "jackson-annotations-",
          "jackson-core-",
          "jspecify-");

  private static final List<String> JOB =
      List.of(
          "undertone-jobs",
          "undertone-alerts",
          "undertone-operators",
          "undertone-schemas",
          "avro-",
          "snakeyaml-engine-",
          "flink-avro-",
          "flink-connector-base-",
          "flink-connector-kafka-",
          "kafka-clients-",
          "jackson-datatype-",
          "picocli-",
          "lz4-java-",
          "snappy-java-",
          "zstd-jni-");

  static DeploymentLayout ofThisJvm() {
    return new DeploymentLayout(ClassPath.ofThisJvm());
  }

  /** The class path of a JobManager or TaskManager: Flink, with the additions to its lib/. */
  ClassPath flink() {
    return all.select(artifact -> isOneOf(FRAMEWORK, artifact) || isOneOf(LIB, artifact));
  }

  /** What only the class loader of the job sees. */
  ClassPath job() {
    return all.select(artifact -> isOneOf(JOB, artifact));
  }

  private static boolean isOneOf(List<String> prefixes, String artifact) {
    return !artifact.endsWith("-tests.jar") && prefixes.stream().anyMatch(artifact::startsWith);
  }
}
