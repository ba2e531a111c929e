import { describe, expect, it } from "vitest";
import { clock, offset } from "./format";
import { certainty } from "./emotions";
import { spark } from "./spark";
import { holdOrder, visibleRows } from "./window";

describe("the window of rows", () => {
  it("has the rows that can be seen and a few around them", () => {
    expect(visibleRows(7200, 720, 72, 2000, 6)).toEqual({ first: 94, last: 116 });
  });

  it("does not exceed the list", () => {
    expect(visibleRows(0, 720, 72, 3)).toEqual({ first: 0, last: 3 });
    expect(visibleRows(99_999, 720, 72, 3)).toEqual({ first: 3, last: 3 });
  });
});

describe("a held order", () => {
  it("keeps known calls in their places, and puts new ones behind", () => {
    expect(holdOrder(["b", "gone", "a"], ["new", "a", "b"], (key) => key)).toEqual(["b", "a", "new"]);
  });
});

describe("a sparkline", () => {
  it("ends at the right edge, negative below the middle", () => {
    const { last, line } = spark([0, 50, 90, -100], 200, 44, 180);

    expect(last).toEqual({ x: 197, y: 41 });
    expect(line).toBe("M100 12.5L197 41");
  });

  it("is empty without utterances", () => {
    expect(spark([], 200, 44, 180)).toEqual({ line: "", area: "", last: null });
  });
});

describe("words and numbers", () => {
  it("show times as clocks", () => {
    expect(clock(65_000)).toBe("1:05");
    expect(clock(3_600_000)).toBe("1:00:00");
    expect(offset(1290)).toBe("0:01.2");
  });

  it("call an estimate under a half a guess", () => {
    expect([null, 0.4, 0.6, 0.9].map(certainty)).toEqual(["low", "low", "fair", "high"]);
  });
});
