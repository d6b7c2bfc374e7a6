import { expect, test } from "@jest/globals";
import { faultsOf } from "./image-limits.mjs";

test("an image is refused when it is too large, or may run as root", () => {
  expect(faultsOf({ name: "router", size: 200_000_000, user: "1000:1000" })).toEqual([]);
  expect(faultsOf({ name: "router", size: 200_600_000, user: "1000" })).toEqual([
    "image router has 201 MB; 200 MB is the most",
  ]);
  for (const user of ["", "root", "node", "0:1000", "0"])
    expect(faultsOf({ name: "router", size: 1, user })).toEqual([`image router runs as "${user}"`]);
});
