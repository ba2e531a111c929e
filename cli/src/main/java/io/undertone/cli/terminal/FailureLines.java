package io.undertone.cli.terminal;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Prints a failure as one line on standard error; the stack trace goes to the log at DEBUG. */
public final class FailureLines implements IParameterExceptionHandler, IExecutionExceptionHandler {
  /** The user's input is at fault. */
  public static final int USER_ERROR = 2;

  /** The work failed. */
  public static final int FAILED = 1;

  private static final Logger LOG = LoggerFactory.getLogger(FailureLines.class);

  @Override
  public int handleParseException(ParameterException e, String[] arguments) {
    CommandLine command = e.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    print(command, oneLine(e) + " (see " + name + " --help)");
    return USER_ERROR;
  }

  @Override
  public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
    LOG.debug("{} failed", command.getCommandName(), e);
    print(command, oneLine(e));
    return e instanceof UserErrorException ? USER_ERROR : FAILED;
  }

  private static void print(CommandLine command, String line) {
    command.getErr().println("undertone: " + line);
    command.getErr().flush();
  }

  /** Messages written for users as they are; any other exception with its class and root cause. */
  private static String oneLine(Exception e) {
    boolean written =
        e instanceof UserErrorException
            || e instanceof CommandFailedException
            || e instanceof ParameterException;
    if (written) {
      return flat(e.getMessage());
    }
    Throwable root = rootOf(e);
    return root == e ? flat(e.toString()) : flat(e.getMessage()) + ": " + flat(root.toString());
  }

  private static Throwable rootOf(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    return root;
  }

  private static String flat(@Nullable String message) {
    return String.valueOf(message).strip().replaceAll("\\s*\\R\\s*", " ");
  }
}
