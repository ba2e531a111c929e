package io.undertone.audio.resample;

import java.util.LinkedHashMap;
import java.util.Map;

/** Caches filters by rates. Few rates are in use; the limit guards against unusual input. */
final class LowPassTables {
  private static final int KEPT = 16;

  private record Rates(int inputHz, int outputHz) {}

  private static final Map<Rates, LowPass> TABLES = new LinkedHashMap<>(KEPT, 0.75f, true);

  private LowPassTables() {}

  static synchronized LowPass between(int inputRateHz, int outputRateHz) {
    Rates rates = new Rates(inputRateHz, outputRateHz);
    LowPass table = TABLES.get(rates);
    if (table == null) {
      table = LowPass.between(inputRateHz, outputRateHz);
      if (TABLES.size() == KEPT) {
        TABLES.remove(TABLES.keySet().iterator().next());
      }
      TABLES.put(rates, table);
    }
    return table;
  }
}
