import { describe, expect, it } from "vitest";
import { byUrgency } from "./alerts";
import { alert, handledBy } from "./fixtures";

describe("the order of alerts", () => {
  it("puts those first that fire, and of them those that nobody has acknowledged", () => {
    const alerts = [
      alert({ alertId: "over", state: "RESOLVED", startsAtMs: 9 }),
      alert({ alertId: "seen", startsAtMs: 8, handling: handledBy("anna") }),
      alert({ alertId: "soon", state: "PENDING", startsAtMs: 7 }),
      alert({ alertId: "new", startsAtMs: 1 }),
      alert({ alertId: "newer", startsAtMs: 2 }),
    ];

    expect(alerts.sort(byUrgency).map((one) => one.alertId)).toEqual([
      "newer",
      "new",
      "seen",
      "soon",
      "over",
    ]);
  });
});
