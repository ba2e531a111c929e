package io.undertone.cli.submit;

import io.undertone.cli.terminal.CommandFailedException;
import io.undertone.cli.terminal.IoMessages;
import io.undertone.cli.terminal.UserErrorException;
import io.undertone.local.distribution.Distribution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes what a cluster runs. */
@Command(
    name = "assemble",
    description = {
      "Writes what a cluster runs into a new folder: Flink, Undertone's additions to its lib/, the"
          + " job in usrlib/, and bin/cluster, which starts Flink's processes."
    })
public final class AssembleCommand implements Callable<Integer> {
  @Parameters(paramLabel = "DIR", description = "A folder that is empty or does not exist.")
  private @Nullable Path folder;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws UserErrorException, CommandFailedException {
    if (folder == null) {
      throw new IllegalStateException("picocli requires DIR");
    }
    try {
      requireEmpty(folder);
      Distribution distribution = Distribution.assemble(folder);
      spec.commandLine().getOut().println(distribution.folder());
      return 0;
    } catch (IOException e) {
      throw new CommandFailedException(IoMessages.of(e), e);
    }
  }

  private static void requireEmpty(Path folder) throws IOException, UserErrorException {
    if (!Files.exists(folder)) {
      return;
    }
    if (!Files.isDirectory(folder)) {
      throw new UserErrorException("DIR must be a folder, but " + folder + " is a file");
    }
    try (Stream<Path> files = Files.list(folder)) {
      if (files.findAny().isPresent()) {
        throw new UserErrorException("DIR must be empty, but " + folder + " has files");
      }
    }
  }
}
