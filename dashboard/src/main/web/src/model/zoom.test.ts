import { describe, expect, it } from "vitest";
import { movedTo, showing, zoomed } from "./zoom";

const HOUR = 3600;

describe("a part of a call", () => {
  it("keeps its middle when it is zoomed", () => {
    expect(zoomed({ from: 1000, to: 2000 }, 0.5, HOUR)).toEqual({ from: 1250, to: 1750 });
    expect(zoomed({ from: 1250, to: 1750 }, 2, HOUR)).toEqual({ from: 1000, to: 2000 });
  });

  it("stays within the call", () => {
    expect(zoomed({ from: 0, to: 1000 }, 2, HOUR)).toEqual({ from: 0, to: 2000 });
    expect(zoomed({ from: 3000, to: HOUR }, 100, HOUR)).toEqual({ from: 0, to: HOUR });
    expect(movedTo({ from: 0, to: 600 }, 9999, HOUR)).toEqual({ from: 3000, to: HOUR });
  });

  it("is never too short to see anything", () => {
    expect(zoomed({ from: 100, to: 125 }, 0.5, HOUR)).toEqual({ from: 102.5, to: 122.5 });
    expect(zoomed({ from: 0, to: 10 }, 0.5, 10)).toEqual({ from: 0, to: 10 });
  });

  it("moves to an utterance that it does not show, and stays where it shows it", () => {
    expect(showing({ from: 0, to: 600 }, 10, 15, HOUR)).toEqual({ from: 0, to: 600 });
    expect(showing({ from: 0, to: 600 }, 1000, 1010, HOUR)).toEqual({ from: 705, to: 1305 });
    expect(showing({ from: 0, to: 600 }, 3590, HOUR, HOUR)).toEqual({ from: 3000, to: HOUR });
  });
});
