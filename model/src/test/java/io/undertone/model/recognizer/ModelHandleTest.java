package io.undertone.model.recognizer;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.model.FakeEmotionModel;
import io.undertone.model.GatedModel;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ModelHandleTest {

  @Test
  void closingTwiceReleasesOnce() {
    AtomicInteger releases = new AtomicInteger();
    FakeEmotionModel model = new FakeEmotionModel("1");
    DeviceThread thread = new DeviceThread("test-device");
    ModelHandle handle =
        new ModelHandle(model, new Recognizer(model, thread), releases::incrementAndGet);
    handle.close();
    handle.close();

    assertThat(releases).hasValue(1);
  }

  @Test
  void theOnlyHandleClosesTheModel() {
    GatedModel model = new GatedModel();
    ModelHandle.of(model).close();

    assertThat(model.isClosed()).isTrue();
  }
}
