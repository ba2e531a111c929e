package io.undertone.bench.pipeline;

import io.undertone.model.ChannelMemory;
import io.undertone.model.EmotionEstimate;
import io.undertone.model.EmotionModel;
import io.undertone.model.MemorySnapshot;
import io.undertone.model.MemoryUpdate;
import io.undertone.model.ModelVersion;
import io.undertone.model.ModelWork;
import io.undertone.model.Recognition;
import io.undertone.model.RecognitionRequest;
import java.util.List;

/** A model that computes nothing, to measure the pipeline alone. */
final class NoModel implements EmotionModel {
  private static final Recognition NOTHING =
      new Recognition(
          new EmotionEstimate(new float[] {0.25f, 0.25f, 0.25f, 0.25f}),
          new MemoryUpdate(true, 0, 0, 1));

  @Override
  public ModelVersion version() {
    return new ModelVersion("none", "none");
  }

  @Override
  public int sampleRateHz() {
    return 8000;
  }

  @Override
  public ChannelMemory newMemory(long seed) {
    return new NoMemory(0);
  }

  @Override
  public ChannelMemory restore(MemorySnapshot snapshot) {
    return new NoMemory(snapshot.updateStep());
  }

  @Override
  public List<Recognition> recognize(List<RecognitionRequest> requests) {
    requests.forEach(request -> ((NoMemory) request.memory()).updateStep++);
    return requests.stream().map(request -> NOTHING).toList();
  }

  @Override
  public ModelWork work() {
    return ModelWork.NONE;
  }

  @Override
  public void close() {}

  private static final class NoMemory implements ChannelMemory {
    private volatile int updateStep;

    NoMemory(int updateStep) {
      this.updateStep = updateStep;
    }

    @Override
    public int updateStep() {
      return updateStep;
    }

    @Override
    public long sizeBytes() {
      return 0;
    }

    @Override
    public MemorySnapshot snapshot() {
      return new MemorySnapshot("none", updateStep, updateStep, new int[0], List.of());
    }

    @Override
    public void close() {}
  }
}
