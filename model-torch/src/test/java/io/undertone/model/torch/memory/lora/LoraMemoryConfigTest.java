package io.undertone.model.torch.memory.lora;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.undertone.model.torch.TinyLlama;
import io.undertone.model.torch.llama.Projection.Kind;
import io.undertone.model.torch.memory.MemoryCost;
import io.undertone.model.torch.memory.TokenLearningChanges;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoraMemoryConfigTest {
  private static final AdamW.Settings ADAM_W = new AdamW.Settings(0.01, 0.8, 0.9, 1e-6, 0.1);
  private static final LoraMemoryConfig CONFIG =
      new LoraMemoryConfig(4, 8, List.of(Kind.QUERY), ADAM_W, 48, 32);

  @Test
  void noChangesKeepAllSettings() {
    assertThat(CONFIG.with(new TokenLearningChanges(null, null, null, null, null, null, null)))
        .isEqualTo(CONFIG);
  }

  @Test
  void changesReplaceTheirSettingsAlone() {
    LoraMemoryConfig changed =
        CONFIG.with(new TokenLearningChanges(2, List.of("v_proj"), null, 0.5, 16, 64, 3));

    assertThat(changed)
        .isEqualTo(
            new LoraMemoryConfig(
                2, 4, List.of(Kind.VALUE), ADAM_W.withLearningRate(0.5), 16, 64, 3));
  }

  @Test
  void anotherOptimizerKeepsTheRateAndHasTypicalConstants() {
    assertThat(withOptimizer("sign").optimizer())
        .isEqualTo(new GradientDescent.Settings(GradientDescent.Direction.SIGN, 0.01, 0.1));
    assertThat(withOptimizer("adamw").optimizer())
        .isEqualTo(new AdamW.Settings(0.01, 0.9, 0.999, 1e-7, 0.1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> withOptimizer("adam"))
        .withMessage("optimizer must be one of adamw, sgd, sign, but is adam");
  }

  private static LoraMemoryConfig withOptimizer(String name) {
    return CONFIG.with(new TokenLearningChanges(null, null, name, null, null, null, null));
  }

  @Test
  void theCostCountsValuesMomentsAndKeptKeys() {
    MemoryCost cost = CONFIG.cost(TinyLlama.config());
    MemoryCost withoutMoments = withOptimizer("sgd").cost(TinyLlama.config());

    // 3 layers, A of 4 x 64 and B of 64 x 4.
    long parameters = 3 * 2 * 4 * 64;
    assertThat(cost.adapterParameters()).isEqualTo(parameters);
    assertThat(cost.valueBytes()).isEqualTo(3 * Float.BYTES * parameters);
    assertThat(withoutMoments.valueBytes()).isEqualTo(Float.BYTES * parameters);
    assertThat(cost.cacheBytes()).isZero();
    assertThat(cost.historyTokens()).isEqualTo(48);
    assertThat(cost.contextTokens()).isEqualTo(48);
    assertThat(cost.stateBytes()).isEqualTo(cost.valueBytes() + 48 * Integer.BYTES);
  }
}
