package io.undertone.local.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.flink.util.FileUtils;
import org.jspecify.annotations.Nullable;

/**
 * A JVM of its own that can be killed, paused and started again. The kernel kills it when this JVM
 * ends, for whatever reason.
 */
public final class JavaProcess implements AutoCloseable {
  /**
   * Starts all processes: the kernel ends a child with the thread that started it, so this thread
   * lives as long as the JVM.
   */
  private static final ExecutorService STARTER =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread thread = new Thread(work, "undertone-processes");
            thread.setDaemon(true);
            return thread;
          });

  private final String name;
  private final List<String> command;
  private final Map<String, String> environment;
  private final Path log;
  private final Path scratch;
  private @Nullable Process process;

  private JavaProcess(
      String name, List<String> command, Map<String, String> environment, Path log, Path scratch) {
    this.name = name;
    this.command = command;
    this.environment = environment;
    this.log = log;
    this.scratch = scratch;
  }

  /**
   * Defines a process; {@link #start} starts it.
   *
   * @param name in messages
   * @param javaArguments options of Java, main class, and its arguments
   * @param log file that its output is appended to
   * @param scratch folder that is emptied before each start, as if the machine were a new one
   */
  static JavaProcess define(String name, List<String> javaArguments, Path log, Path scratch) {
    List<String> command = new ArrayList<>(List.of(java().toString()));
    command.addAll(javaArguments);
    return define(name, command, Map.of(), log, scratch);
  }

  /**
   * Defines a process as {@link #define(String, List, Path, Path)} does, by a script that becomes
   * Java.
   *
   * @param environment added to that of this JVM
   */
  public static JavaProcess define(
      String name, List<String> program, Map<String, String> environment, Path log, Path scratch) {
    List<String> command = new ArrayList<>(List.of("setpriv", "--pdeathsig", "KILL", "--"));
    command.addAll(program);
    return new JavaProcess(name, List.copyOf(command), Map.copyOf(environment), log, scratch);
  }

  public String name() {
    return name;
  }

  /** The file of its output. */
  public Path log() {
    return log;
  }

  /** Whether it was started and has neither ended nor been killed. A paused process is alive. */
  public synchronized boolean isAlive() {
    return process != null && process.isAlive();
  }

  /** Its id; 0 if it was never started. */
  public synchronized long pid() {
    return process == null ? 0 : process.pid();
  }

  /** Starts it, if it is not alive; returns at once. */
  public synchronized void start() {
    if (!isAlive()) {
      process = CompletableFuture.supplyAsync(this::launch, STARTER).join();
    }
  }

  /** Sends SIGKILL, and waits for the end. */
  public synchronized void kill() {
    if (process != null) {
      process.destroyForcibly();
      process.onExit().join();
    }
  }

  /** Sends SIGSTOP: it does nothing until {@link #resume}, and its peers see it hang. */
  public void pause() throws InterruptedException {
    signal("STOP");
  }

  /** Sends SIGCONT. */
  public void resume() throws InterruptedException {
    signal("CONT");
  }

  @Override
  public void close() {
    kill();
  }

  private synchronized void signal(String signal) throws InterruptedException {
    if (!isAlive()) {
      throw new IllegalStateException(name + " does not run; its log is " + log);
    }
    try {
      new ProcessBuilder("kill", "-" + signal, String.valueOf(pid())).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot send SIG" + signal + " to " + name, e);
    }
  }

  private Process launch() {
    FileUtils.deleteDirectoryQuietly(scratch.toFile());
    try {
      Files.createDirectories(scratch);
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.environment().putAll(environment);
      return builder
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + name + " (setpriv of util-linux?)", e);
    }
  }

  private static Path java() {
    return Path.of(System.getProperty("java.home"), "bin", "java");
  }
}
