package io.undertone.cli.train;

import io.undertone.cli.terminal.UserErrorException;
import io.undertone.model.torch.files.ModelFileException;
import io.undertone.training.TrainingException;
import io.undertone.training.corpus.CorpusException;
import java.io.IOException;
import java.util.function.Supplier;

/** What a training says of its input, as errors of the user. */
public final class TrainingErrors {

  private TrainingErrors() {}

  /** A training, or a part of one. */
  @FunctionalInterface
  public interface Work {

    void run() throws IOException, UserErrorException;
  }

  /**
   * Does some work.
   *
   * @throws UserErrorException with the message of an exception that says what is wrong with clips
   *     or the files of a model
   */
  public static void translated(Work work) throws IOException, UserErrorException {
    try {
      work.run();
    } catch (CorpusException | TrainingException | ModelFileException e) {
      throw new UserErrorException(String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * Makes settings of options.
   *
   * @throws UserErrorException with the message of the IllegalArgumentException that refuses one
   */
  public static <T> T settings(Supplier<T> settings) throws UserErrorException {
    try {
      return settings.get();
    } catch (IllegalArgumentException e) {
      throw new UserErrorException(String.valueOf(e.getMessage()), e);
    }
  }
}
