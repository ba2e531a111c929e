package io.undertone.local;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.config.Property;
import org.apache.logging.log4j.core.layout.PatternLayout;

/** Searches all that this JVM logs, at every level down to debug, for a text. */
final class LogSearch extends AbstractAppender implements AutoCloseable {
  private final String text;
  private final AtomicLong lines = new AtomicLong();
  private final Queue<String> found = new ConcurrentLinkedQueue<>();
  private final Level formerLevel;

  private LogSearch(String text, Level formerLevel) {
    super(
        "search",
        null,
        PatternLayout.newBuilder().withPattern("%c %m %ex").build(),
        false,
        Property.EMPTY_ARRAY);
    this.text = text;
    this.formerLevel = formerLevel;
  }

  static LogSearch of(String text) {
    LoggerConfig root = configuration().getRootLogger();
    LogSearch search = new LogSearch(text, root.getLevel());
    search.start();
    // The console keeps its level.
    root.getAppenders()
        .values()
        .forEach(
            appender -> {
              root.removeAppender(appender.getName());
              root.addAppender(appender, search.formerLevel, null);
            });
    root.addAppender(search, Level.DEBUG, null);
    root.setLevel(Level.DEBUG);
    context().updateLoggers();
    return search;
  }

  @Override
  public void append(LogEvent event) {
    String line = String.valueOf(getLayout().toSerializable(event));
    lines.incrementAndGet();
    if (line.contains(text)) {
      found.add(line);
    }
  }

  /** The number of lines that were searched. */
  long lines() {
    return lines.get();
  }

  /** All lines that have the text. */
  Queue<String> found() {
    return found;
  }

  @Override
  public void close() {
    LoggerConfig root = configuration().getRootLogger();
    root.removeAppender(getName());
    root.setLevel(formerLevel);
    context().updateLoggers();
    stop();
  }

  private static LoggerContext context() {
    return (LoggerContext) LogManager.getContext(false);
  }

  private static Configuration configuration() {
    return context().getConfiguration();
  }
}
