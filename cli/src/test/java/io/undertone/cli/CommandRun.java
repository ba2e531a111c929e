package io.undertone.cli;

import io.undertone.cli.model.ModelSource;
import io.undertone.model.FakeEmotionModelFactory;
import io.undertone.model.torch.TorchModelFactory;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine;

/**
 * What a command printed, and its exit status. Most use a fake model, whose estimates depend on all
 * earlier utterances of the call.
 */
public record CommandRun(int status, List<String> out, List<String> err) {
  static final Path CALLS = Path.of("../demo/calls");

  public static CommandRun of(String... arguments) {
    return run((directory, prior, arithmetic, device) -> new FakeEmotionModelFactory(), arguments);
  }

  /** The same with the models of the folders that the arguments name. */
  static CommandRun withTorch(String... arguments) {
    return run(
        (directory, prior, arithmetic, device) ->
            new TorchModelFactory(directory.toString(), prior, arithmetic, device),
        arguments);
  }

  private static CommandRun run(ModelSource models, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine commands = Undertone.commandLine(models);
    commands.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    int status = commands.execute(arguments);
    return new CommandRun(status, out.toString().lines().toList(), err.toString().lines().toList());
  }

  /** A folder that passes for a model's. */
  static String modelIn(Path directory) throws IOException {
    Files.writeString(directory.resolve("undertone.json"), "{}");
    return directory.toString();
  }
}
