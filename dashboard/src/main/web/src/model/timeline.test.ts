import { describe, expect, it } from "vitest";
import { stack, step, valences } from "./timeline";
import { utterance } from "./fixtures";

const first = utterance({ eventId: "a", beginMs: 1000, endMs: 2000 });
const second = utterance({
  eventId: "b",
  beginMs: 4000,
  endMs: 6000,
  probabilities: { angry: 0.6, sad: 0.2, neutral: 0.2, happy: 0 },
  withoutMemory: { angry: 0.2, sad: 0.2, neutral: 0.6, happy: 0 },
});

describe("the stack of probabilities", () => {
  it("holds an estimate while its utterance lasts, and leaves silence empty", () => {
    const { times, tops } = stack([first, second], (spoken) => spoken.probabilities);

    expect(times).toEqual([1, 2, 3, 4, 6]);
    expect(tops.map((top) => top.indexOf(null))).toEqual([2, 2, 2, 2]);
  });

  it("ends an estimate where the next one begins", () => {
    const soon = utterance({ eventId: "c", beginMs: 1500, endMs: 2500 });

    expect(stack([first, soon], (spoken) => spoken.probabilities).times).toEqual([1, 1.5, 1.5, 2.5]);
  });

  it("adds the emotions up to one, anger at the bottom", () => {
    const { emotions, tops } = stack([second], (spoken) => spoken.probabilities);

    expect(emotions).toEqual(["angry", "sad", "neutral", "happy"]);
    expect(tops.map((top) => top[0])).toEqual([0.6, expect.closeTo(0.8), expect.closeTo(1), expect.closeTo(1)]);
  });

  it("also shows emotions that it does not know", () => {
    const bored = utterance({ probabilities: { bored: 1 } });

    expect(stack([bored], (spoken) => spoken.probabilities).emotions).toContain("bored");
  });

  it("leaves utterances out that have no such estimate", () => {
    expect(stack([first, second], (spoken) => spoken.withoutMemory).times).toEqual([4, 6]);
  });

  it("never lets time fall, even if utterances overlap", () => {
    const within = utterance({ eventId: "c", beginMs: 1500, endMs: 1600 });
    const times = stack([first, within], (spoken) => spoken.probabilities).times;

    expect(times).toEqual([...times].sort((a, b) => a - b));
  });
});

describe("valence", () => {
  it("is that of the estimates with and without memory", () => {
    const found = valences([first, second]);

    expect(found.times).toEqual([1.5, 5]);
    expect(found.withMemory).toEqual([expect.closeTo(-0.1), expect.closeTo(-0.8)]);
    expect(found.withoutMemory).toEqual([null, expect.closeTo(-0.4)]);
  });
});

describe("a step from utterance to utterance", () => {
  it.each([
    ["a", 1, "b"],
    ["b", -1, "a"],
    ["b", 1, "b"],
    ["a", -1, "a"],
    [null, -1, "a"],
    ["gone", 0, "b"],
  ])("from %s by %i leads to %s", (from, by, to) => {
    expect(step([first, second], from, by)).toBe(to);
  });

  it("leads nowhere in a call without utterances", () => {
    expect(step([], null, 1)).toBeNull();
  });
});
