import type { LookupAddress } from "node:dns";
import { createDestinationPolicy } from "@hooklane/core";
import { describe, expect, test } from "@jest/globals";
import { createGuardedLookup } from "./guarded-connector.js";
import { ResolveCounts } from "./resolve-counts.js";

const PUBLIC = { address: "93.184.216.34", family: 4 };
const PRIVATE = { address: "10.0.0.7", family: 4 };
const MAPPED = { address: "::ffff:169.254.169.254", family: 6 };

function lookUp(addresses: readonly LookupAddress[], all: boolean, failure: Error | null = null) {
  const lookup = createGuardedLookup(
    createDestinationPolicy(),
    new ResolveCounts(),
    (_hostname, _options, callback) => callback(failure, [...addresses]),
  );
  return new Promise((resolve) => {
    lookup("hook.example", { all }, (error, address, family) => resolve(error?.code ?? [address, family]));
  });
}

describe("createGuardedLookup", () => {
  test.each([[[PRIVATE]], [[MAPPED]], [[PUBLIC, MAPPED]], [[PRIVATE, PUBLIC]]])(
    "a name with one refused address is not connected to: %j",
    async (addresses) => {
      expect(await lookUp(addresses, true)).toBe("HOOKLANE_DESTINATION_REFUSED");
      expect(await lookUp(addresses, false)).toBe("HOOKLANE_DESTINATION_REFUSED");
    },
  );

  test("addresses that are allowed are handed out as they were asked for", async () => {
    expect(await lookUp([PUBLIC], true)).toEqual([[PUBLIC], undefined]);
    expect(await lookUp([PUBLIC], false)).toEqual([PUBLIC.address, 4]);
    expect(await lookUp([], false)).toBe("HOOKLANE_DESTINATION_REFUSED");
  });

  test("a fault of the resolver is passed on", async () => {
    const failure = Object.assign(new Error("no such host"), { code: "ENOTFOUND" });
    expect(await lookUp([], true, failure)).toBe("ENOTFOUND");
  });
});
