import { describe, expect, it } from "vitest";
import {
  ALL_CALLS,
  from,
  historyAddress,
  historyIn,
  offsetOf,
  request,
  withValue,
} from "./history";

describe("the history's query", () => {
  const query = { ...ALL_CALLS, text: "4711 & more", live: "false", offset: "50" };

  it("is in the address", () => {
    const address = historyAddress(query);

    expect(historyIn(new URL(address, "http://localhost").searchParams)).toEqual(query);
    expect(historyAddress(ALL_CALLS)).toBe("/history");
    expect(historyIn(new URLSearchParams())).toBeNull();
  });

  it("begins with the first call when a value changes", () => {
    expect(withValue(query, "live", "true")).toEqual({ ...query, live: "true", offset: "" });
  });

  it("leaves out of a request what is not asked", () => {
    expect(request(query, 50)).toEqual({
      text: "4711 & more",
      live: "false",
      offset: "50",
      limit: "50",
    });
  });

  it("goes on and back, and takes no offset that is none", () => {
    expect(from(query, 100).offset).toBe("100");
    expect(from(query, 0).offset).toBe("");
    expect(offsetOf({ ...query, offset: "-1" })).toBe(0);
    expect(offsetOf({ ...query, offset: "x" })).toBe(0);
  });
});
