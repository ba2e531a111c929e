package io.undertone.local.distribution;

import java.util.List;

/**
 * This JVM's class path, divided as a deployment divides it: Flink itself, what is added to its
 * {@code lib/}, and what the job's own jar holds.
 *
 * @param all the class path, undivided
 */
record DeploymentLayout(ClassPath all) {
  private static final List<String> FLINK =
      List.of(
          "flink-annotations-",
          "flink-clients-",
          "flink-connector-datagen-",
          "flink-container-",
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
          "minlog-",
          "objenesis-",
          "reflectasm-",
          "RoaringBitmap-",
          "slf4j-api-",
          "snakeyaml-engine-");

  /** Hundreds of MB that change with the version of PyTorch or ONNX Runtime only. */
  private static final List<String> NATIVE =
      List.of("onnxruntime-", "pytorch-jni-", "pytorch-native-");

  private static final List<String> LIBRARIES =
      List.of(
          "concentus-",
          "jflac-codec-",
          "api-",
          "pytorch-engine-",
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
          "jackson-datatype-",
          "jspecify-",
          "flink-connector-base-",
          "flink-connector-kafka-",
          "kafka-clients-",
          "lz4-java-",
          "snappy-java-",
          "zstd-jni-",
          // For its NameValidator alone; the job has its own Avro.
          "avro-");

  private static final List<String> UNDERTONE =
      List.of("undertone-audio", "undertone-model", "undertone-networks");

  private static final List<String> JOB =
      List.of(
          "undertone-jobs",
          "undertone-alerts",
          "undertone-operators",
          "undertone-schemas",
          "avro-",
          "flink-avro-",
          "picocli-",
          "snakeyaml-engine-");

  static DeploymentLayout ofThisJvm() {
    return new DeploymentLayout(ClassPath.ofThisJvm());
  }

  /** What Flink's own distribution has. */
  ClassPath flink() {
    return all.select(artifact -> isOneOf(FLINK, artifact));
  }

  /** Native libraries, which a JVM loads once only. */
  ClassPath natives() {
    return all.select(artifact -> isOneOf(NATIVE, artifact));
  }

  /** Other libraries. */
  ClassPath libraries() {
    return all.select(artifact -> isOneOf(LIBRARIES, artifact));
  }

  /** Undertone's modules that use native libraries, or share the model between jobs. */
  ClassPath undertone() {
    return all.select(artifact -> isOneOf(UNDERTONE, artifact));
  }

  /** What only the class loader of the job sees. */
  ClassPath job() {
    return all.select(artifact -> isOneOf(JOB, artifact));
  }

  private static boolean isOneOf(List<String> prefixes, String artifact) {
    return !artifact.endsWith("-tests.jar") && prefixes.stream().anyMatch(artifact::startsWith);
  }
}
