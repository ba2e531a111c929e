package io.undertone.local.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JavaProcessTest {
  private static final long PATIENCE_SECONDS = 60;

  @Test
  void canBeKilledAndStartedAgain(@TempDir Path folder) {
    try (JavaProcess process = waiting(folder)) {
      assertThat(process.isAlive()).isFalse();

      process.start();
      long first = process.pid();
      assertThat(process.isAlive()).isTrue();
      process.kill();
      assertThat(process.isAlive()).isFalse();
      process.start();

      assertThat(process.isAlive()).isTrue();
      assertThat(process.pid()).isNotEqualTo(first);
    }
  }

  @Test
  void startsWithNoTemporaryFilesOfItsPredecessor(@TempDir Path folder) throws IOException {
    Path left = folder.resolve("scratch").resolve("left");
    try (JavaProcess process = waiting(folder)) {
      process.start();
      Files.createFile(left);
      process.kill();
      process.start();

      assertThat(left).doesNotExist();
      assertThat(folder.resolve("scratch")).isDirectory();
    }
  }

  @Test
  void canBeKilledWhileItIsPaused(@TempDir Path folder) throws InterruptedException {
    try (JavaProcess process = waiting(folder)) {
      process.start();
      process.pause();
      process.kill();

      assertThat(process.isAlive()).isFalse();
    }
  }

  @Test
  void endsWhenTheJvmThatStartedItIsKilled(@TempDir Path folder)
      throws IOException, InterruptedException, ExecutionException, TimeoutException {
    Process parent = java(Starting.class, folder.toString());
    long child;
    try (var output = parent.inputReader()) {
      child = Long.parseLong(output.readLine());
      ProcessHandle handle = ProcessHandle.of(child).orElseThrow();
      parent.destroyForcibly();

      handle.onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      assertThat(handle.isAlive()).isFalse();
    }
  }

  private static JavaProcess waiting(Path folder) {
    return JavaProcess.define(
        "waiting",
        List.of("-cp", System.getProperty("java.class.path"), Waiting.class.getName()),
        folder.resolve("log"),
        folder.resolve("scratch"));
  }

  private static Process java(Class<?> program, String argument) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            program.getName(),
            argument)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  /** Does nothing until it is killed. */
  static final class Waiting {
    public static void main(String[] arguments) throws InterruptedException {
      Thread.currentThread().join();
    }
  }

  /** Starts another process that waits, prints its id, and waits. */
  static final class Starting {
    public static void main(String[] arguments) throws InterruptedException {
      JavaProcess child = waiting(Path.of(arguments[0]));
      child.start();
      System.out.println(child.pid());
      Thread.currentThread().join();
    }
  }
}
