import type { LookupAddress } from "node:dns";
import { createDestinationPolicy } from "@hooklane/core";
import { describe, expect, test } from "@jest/globals";
import { createDestinationLookup } from "./destination-lookup.js";

const PUBLIC = { address: "93.184.216.34", family: 4 };
const PRIVATE = { address: "10.0.0.7", family: 4 };
const MAPPED = { address: "::ffff:169.254.169.254", family: 6 };

function lookUp(addresses: readonly LookupAddress[], all: boolean) {
  const lookup = createDestinationLookup(createDestinationPolicy(), (_hostname, _options, callback) =>
    callback(null, [...addresses]),
  );
  return new Promise((resolve) => {
    lookup("hook.example", { all }, (error, address, family) => resolve(error?.name ?? [address, family]));
  });
}

describe("createDestinationLookup", () => {
  test("a name with refused addresses only is not connected to", async () => {
    expect(await lookUp([PRIVATE, MAPPED], true)).toBe("DestinationRefused");
    expect(await lookUp([PRIVATE], false)).toBe("DestinationRefused");
    expect(await lookUp([], false)).toBe("DestinationRefused");
  });

  test("of several addresses only the allowed ones can be connected to", async () => {
    expect(await lookUp([PRIVATE, PUBLIC, MAPPED], true)).toEqual([[PUBLIC], undefined]);
    expect(await lookUp([PRIVATE, PUBLIC], false)).toEqual([PUBLIC.address, 4]);
  });

  test("a fault of the resolver is passed on", async () => {
    const lookup = createDestinationLookup(createDestinationPolicy(), (_hostname, _options, callback) =>
      callback(Object.assign(new Error("no such host"), { code: "ENOTFOUND" }), []),
    );
    const error = await new Promise<NodeJS.ErrnoException | null>((resolve) =>
      lookup("hook.example", {}, (failure) => resolve(failure)),
    );
    expect(error?.code).toBe("ENOTFOUND");
  });
});
