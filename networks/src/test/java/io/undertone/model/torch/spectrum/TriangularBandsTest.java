package io.undertone.model.torch.spectrum;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TriangularBandsTest {
  private static final double[] EDGES_HZ = {0, 20, 40, 80};

  @Test
  void aBandRisesToItsTopAndFallsToItsEnd() {
    TriangularBands bands = TriangularBands.ofUnitHeight(EDGES_HZ, 10, 10);

    assertThat(bands.count()).isEqualTo(2);
    assertThat(responses(bands, 0)).containsExactly(0, 0.5f, 1, 0.5f, 0, 0, 0, 0, 0, 0);
    assertThat(responses(bands, 1)).containsExactly(0, 0, 0, 0.5f, 1, 0.75f, 0.5f, 0.25f, 0, 0);
  }

  @Test
  void bandsOfUnitAreaAreLowerWhereTheyAreWider() {
    TriangularBands bands = TriangularBands.ofUnitArea(EDGES_HZ, 10, 10);

    assertThat(responses(bands, 0)[2]).isEqualTo(2f / 40);
    assertThat(responses(bands, 1)[4]).isEqualTo(2f / 60);
  }

  @Test
  void theFloorIsAddedToTheEnergy() {
    TriangularBands bands = TriangularBands.ofUnitHeight(EDGES_HZ, 10, 10);

    assertThat(bands.energy(0, new float[] {9, 2, 3, 4, 9, 9, 9, 9, 9, 9}, 0.5f)).isEqualTo(6.5f);
  }

  private static float[] responses(TriangularBands bands, int band) {
    float[] responses = new float[10];
    for (int bin = 0; bin < responses.length; bin++) {
      float[] power = new float[responses.length];
      power[bin] = 1;
      responses[bin] = bands.energy(band, power, 0);
    }
    return responses;
  }
}
