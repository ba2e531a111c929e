package io.undertone.training.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.model.torch.device.DeviceExtension;
import io.undertone.model.torch.llama.LlamaWeights;
import io.undertone.model.torch.llama.TinyCheckpoint;
import io.undertone.model.torch.llama.WeightPrecision;
import io.undertone.training.ProgressLog;
import io.undertone.training.simulation.DialogueSampler;
import io.undertone.training.simulation.EmotionDynamics;
import io.undertone.training.tokenizer.RevealingClips;
import io.undertone.training.tokenizer.TokenizedClip;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Trains on codes of which every other one gives the emotion away; the checkpoint lacks them. */
class AdapterRoundsTest {
  private static final int CODES = 8;
  private static final int STEPS = 80;

  @RegisterExtension private final DeviceExtension device = new DeviceExtension();

  @TempDir Path directory;

  @Test
  void learnsTheEmotionFromTheCodes() throws IOException {
    Path checkpoint = directory.resolve("base");
    TinyCheckpoint.write(checkpoint);
    AdapterPlan plan = new AdapterPlan("tiny", 1, 4, 1e-2, STEPS, 4, 64, STEPS);
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    List<TokenizedClip> train = new ArrayList<>(clips("a"));
    train.addAll(clips("b"));

    device.runWith(
        manager -> {
          BaseCheckpoint.Tokens tokens = BaseCheckpoint.open(checkpoint).tokens(CODES);
          LlamaWeights base = LlamaWeights.load(checkpoint, WeightPrecision.AS_STORED, manager);
          EmotionAdapter adapter = new EmotionAdapter(base, tokens, plan, manager);
          ProgressLog progress =
              new ProgressLog(new PrintStream(log, true, StandardCharsets.UTF_8));
          new AdapterRounds(adapter, tokens.vocabulary(), plan, manager, progress)
              .run(new DialogueSampler(train, EmotionDynamics.persistent()), clips("c"), directory);
        });

    assertThat(devLoss(log.toString(StandardCharsets.UTF_8))).isLessThan(Math.log(4) - 0.3);
  }

  private static double devLoss(String log) {
    Matcher matcher = Pattern.compile("dev clip by clip .*NLL ([0-9.]+)").matcher(log);
    assertThat(matcher.find()).as(log).isTrue();
    return Double.parseDouble(matcher.group(1));
  }

  private static List<TokenizedClip> clips(String speaker) {
    return RevealingClips.of(speaker, 4, CODES);
  }
}
