package io.undertone.cli.train;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.undertone.cli.terminal.UserErrorException;
import io.undertone.training.TrainingException;
import org.junit.jupiter.api.Test;

class TrainingErrorsTest {

  @Test
  void unusableInputIsTheUsersError() {
    assertThatThrownBy(
            () ->
                TrainingErrors.translated(
                    () -> {
                      throw new TrainingException("no clips");
                    }))
        .isInstanceOf(UserErrorException.class)
        .hasMessage("no clips");
  }

  @Test
  void anErrorOfTheProgramIsNotTheUsers() {
    assertThatThrownBy(
            () ->
                TrainingErrors.translated(
                    () -> {
                      throw new IllegalArgumentException("shapes differ");
                    }))
        .isExactlyInstanceOf(IllegalArgumentException.class);
  }
}
