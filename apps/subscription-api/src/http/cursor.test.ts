import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { z } from "zod";
import { decodeCursor, encodeCursor } from "./cursor.js";

const place = z.tuple([z.number(), z.string()]);

describe("a cursor", () => {
  test("gives the place back that it was made of", () => {
    fc.assert(
      fc.property(fc.nat(), fc.string(), (at, id) => {
        expect(decodeCursor(encodeCursor([at, id]), place)).toEqual([at, id]);
      }),
    );
  });

  test("that is not one of ours is none, whatever it holds", () => {
    expect(decodeCursor(encodeCursor(["x"]), place)).toBeUndefined();
    fc.assert(fc.property(fc.string(), (text) => expect(decodeCursor(text, place)).toBeUndefined()));
  });
});
