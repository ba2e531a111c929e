package io.undertone.cli.memories;

import io.undertone.cli.terminal.CommandFailedException;
import io.undertone.cli.terminal.UserErrorException;
import io.undertone.local.savepoint.SavedMemory;
import io.undertone.local.savepoint.SavepointEraser;
import io.undertone.local.savepoint.SavepointException;
import io.undertone.local.savepoint.SavepointMemories;
import io.undertone.model.MemoryFormatException;
import io.undertone.operators.encryption.DamagedStateException;
import io.undertone.operators.encryption.StateKeyException;
import io.undertone.operators.encryption.StateKeySource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows, exports and erases what a savepoint keeps of calls. */
@Command(
    name = "memories",
    description = {
      "Lists the memories of calls in a savepoint, with statistics; exports them; or writes a new"
          + " savepoint without a call. The savepoint itself stays as it is."
    })
public final class MemoriesCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "SAVEPOINT",
      description = "Folder of a savepoint in Flink's canonical format, on this machine.")
  private Path savepoint = Path.of("");

  @Mixin private MemoryFilter filter = new MemoryFilter();

  @Option(
      names = "--state-keys",
      paramLabel = "KEYS",
      description = "Keys of encrypted state, as the job has them: a file, or env:NAME.")
  private String keys = "";

  @Option(
      names = "--erase",
      paramLabel = "TENANT/ID",
      description = "Writes a savepoint without this call, to the folder that --to names.")
  private @Nullable String erased;

  @Option(names = "--to", paramLabel = "FOLDER", description = "Folder of the new savepoint.")
  private @Nullable Path target;

  @Option(
      names = "--export",
      paramLabel = "FILE",
      description = "Writes the memories to a new file, one JSON object a line, without voices.")
  private @Nullable Path export;

  @Option(
      names = "--with-voices",
      description = "Exports what memories say of voices, too: personal data.")
  private boolean withVoices;

  @Option(names = "--json", description = "Ends with the statistics as a JSON object on one line.")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws UserErrorException, CommandFailedException {
    requireConsistentOptions();
    try {
      if (erased != null && target != null) {
        erase(erased, target);
        return 0;
      }
      List<SavedMemory> memories =
          SavepointMemories.read(savepoint, new StateKeySource(keys).open()).stream()
              .filter(filter::accepts)
              .toList();
      MemoryTable table = new MemoryTable(spec.commandLine().getOut());
      table.print(memories);
      if (export != null) {
        export(memories, export);
      }
      if (json) {
        table.printJson(memories);
      }
      return 0;
    } catch (SavepointException
        | StateKeyException
        | DamagedStateException
        | MemoryFormatException
        | IOException e) {
      throw new CommandFailedException(String.valueOf(e.getMessage()), e);
    }
  }

  private void requireConsistentOptions() throws UserErrorException {
    if ((erased == null) != (target == null)) {
      throw new UserErrorException("--erase and --to go together");
    }
    if (erased != null && erased.indexOf('/') < 1) {
      throw new UserErrorException("--erase must be TENANT/ID, but is '" + erased + "'");
    }
    if (target != null && Files.exists(target)) {
      throw new UserErrorException("the folder that --to names must not exist: " + target);
    }
    if (export != null && Files.exists(export)) {
      throw new UserErrorException("the file that --export names must not exist: " + export);
    }
    if (withVoices && export == null) {
      throw new UserErrorException("--with-voices is for --export");
    }
  }

  private void erase(String call, Path to) throws SavepointException, CommandFailedException {
    int entries = SavepointEraser.copyWithout(call, savepoint, to);
    if (entries == 0) {
      throw new CommandFailedException(
          "the savepoint has nothing of %s; %s is a copy of it".formatted(call, to));
    }
    spec.commandLine()
        .getOut()
        .printf("%s: %d entries of state left out, %s%n", call, entries, to.toAbsolutePath());
    note("the job knows nothing of the erasure: send undertone forget, too, if the call may go on");
  }

  private void export(List<SavedMemory> memories, Path file) throws IOException {
    if (withVoices) {
      note(
          "%s describes voices of persons and how they feel: protect it, and delete it after use"
              .formatted(file));
    }
    MemoryLines.write(
        memories, withVoices ? MemoryLines.Voices.INCLUDED : MemoryLines.Voices.LEFT_OUT, file);
  }

  private void note(String text) {
    spec.commandLine().getErr().println("undertone: " + text);
    spec.commandLine().getErr().flush();
  }
}
