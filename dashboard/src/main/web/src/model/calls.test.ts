import { describe, expect, it } from "vitest";
import {
  byNeed,
  choices,
  filterIn,
  fits,
  lengthAt,
  level,
  liveAddress,
  NO_FILTER,
  take,
  timesShown,
  totals,
  worstQueues,
} from "./calls";
import type { CallRow } from "./api";
import { firing, handledBy, row, side } from "./fixtures";

describe("the order of calls", () => {
  it("puts the call that needs somebody most first, and ended calls last", () => {
    const calls = [
      row({ conversation: "calm", need: 5 }),
      row({ conversation: "ended", need: 0, live: false }),
      row({ conversation: "angry", need: 80 }),
    ];

    expect(calls.sort(byNeed).map((call) => call.conversation)).toEqual(["angry", "calm", "ended"]);
  });

  it("puts the longest of equal calls first", () => {
    const calls = [row({ conversation: "b", startMs: 2 }), row({ conversation: "a", startMs: 1 })];

    expect(calls.sort(byNeed)[0]?.conversation).toBe("a");
  });
});

describe("a filter", () => {
  const call = row({
    attributes: { queue: "billing" },
    sides: [side({ emotion: "angry" }), side({ channel: 1, role: "AGENT", emotion: "happy" })],
  });

  it.each([
    [{ tenant: "acme" }, true],
    [{ tenant: "globex" }, false],
    [{ queue: "billing" }, true],
    [{ queue: "claims" }, false],
    [{ emotion: "angry" }, true],
    [{ emotion: "happy" }, false],
    [{ role: "AGENT", emotion: "happy" }, true],
    [{ role: "UNKNOWN" }, false],
  ])("%o lets the call through: %s", (filter, through) => {
    expect(fits(call, { ...NO_FILTER, ...filter })).toBe(through);
  });

  it("is in the address, whatever a queue is called", () => {
    const filter = { ...NO_FILTER, queue: "billing & returns", emotion: "sad" };
    const address = liveAddress(filter, true);

    expect(filterIn(new URL(address, "http://localhost").searchParams)).toEqual({
      filter,
      showEnded: true,
    });
    expect(liveAddress(NO_FILTER, false)).toBe("/");
    expect(filterIn(new URLSearchParams())).toBeNull();
  });

  it("offers what the calls have", () => {
    expect(choices([call])).toEqual({
      tenant: ["acme"],
      queue: ["billing"],
      role: ["AGENT", "CUSTOMER"],
      emotion: ["angry", "happy"],
    });
  });
});

describe("a message of the stream", () => {
  const news = { nowMs: 0, loading: false, kafkaAway: false, takesFeedback: true, takesResponses: true };

  it("replaces all calls if it is a snapshot", () => {
    const calls = new Map<string, CallRow>([["acme/old", row({ conversation: "old" })]]);

    take(calls, { ...news, calls: [row()], removed: [] }, true);

    expect([...calls.keys()]).toEqual(["acme/c1"]);
  });

  it("changes and removes calls if it is a delta", () => {
    const calls = new Map<string, CallRow>([
      ["acme/c1", row()],
      ["acme/gone", row({ conversation: "gone" })],
    ]);

    const gone = { tenant: "acme", conversation: "gone", erased: true };
    take(calls, { ...news, calls: [row({ need: 99 })], removed: [gone] }, false);

    expect([...calls.values()].map((call) => call.need)).toEqual([99]);
  });
});

describe("figures", () => {
  const calls = [
    row({
      need: 90,
      alerts: [firing({ alertId: "a" }), firing({ handling: handledBy("anna") })],
      sides: [side({ emotion: "angry" })],
      attributes: { queue: "claims" },
    }),
    row({ need: 40, sides: [side({ emotion: "sad" })], attributes: { queue: "billing" } }),
    row({ need: 1, attributes: { queue: "billing" } }),
    row({ live: false, sides: [side({ emotion: "angry" })] }),
  ];

  it("count live calls, those that need somebody, alerts to acknowledge and negative calls", () => {
    expect(totals(calls)).toEqual({ live: 3, alerts: 1, needing: 1, negative: 2, ended: 1 });
  });

  it("name the queues by their share of negative calls", () => {
    expect(worstQueues(calls, 5)).toEqual([
      { queue: "claims", calls: 1, negative: 1 },
      { queue: "billing", calls: 2, negative: 1 },
    ]);
  });

  it("leave queues out in which nobody is negative", () => {
    expect(worstQueues([row({ attributes: { queue: "calm" } })], 5)).toEqual([]);
  });

  it("divide calls into three levels", () => {
    expect([90, 40, 1].map((need) => level(row({ need })))).toEqual(["high", "watch", "calm"]);
  });

  it("let the time of a live call go on after its last event", () => {
    expect(lengthAt(row(), 8000)).toBe(7000);
    expect(lengthAt(row({ live: false }), 8000)).toBe(5000);
  });
});

describe("the times below the trend", () => {
  const quarters = (...numbers: number[]) => numbers.map((number) => number * 900_000);

  it("are the first of each hour, and the begin if it is far enough", () => {
    expect(timesShown(quarters(0, 1, 2, 3, 4, 5))).toEqual([true, false, false, false, true, false]);
    expect(timesShown(quarters(3, 4, 5))).toEqual([false, true, false]);
    expect(timesShown(quarters(3))).toEqual([true]);
  });

  it("are those of the periods that there are, and leave each other room", () => {
    expect(timesShown(quarters(1, 2, 3, 5, 9, 13))).toEqual([true, false, false, true, false, false]);
  });
});
