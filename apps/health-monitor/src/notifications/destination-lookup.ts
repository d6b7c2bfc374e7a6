import { lookup, type LookupAddress, type LookupOptions } from "node:dns";
import type { DestinationPolicy } from "@hooklane/core";

/** The address must not be connected to (product.md O6). */
class DestinationRefused extends Error {
  override readonly name = "DestinationRefused";
  readonly code = "EDESTINATION";
}

type LookupCallback = (
  error: NodeJS.ErrnoException | null,
  address: string | LookupAddress[],
  family?: number,
) => void;

/** node:dns's `lookup` with all addresses. */
type Resolve = (
  hostname: string,
  options: LookupOptions & { readonly all: true },
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/**
 * A `lookup` for sockets that hands out allowed addresses only: what is checked is what is connected to, however often
 * the name changes its mind. Addresses written in the URL itself never come here; check the host before.
 */
export function createDestinationLookup(policy: DestinationPolicy, resolve: Resolve = lookup) {
  return (hostname: string, options: LookupOptions, callback: LookupCallback): void => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) {
        callback(error, []);
        return;
      }
      const allowed = addresses.filter(({ address }) => policy.checkAddress(address).allowed);
      const [first] = allowed;
      if (first === undefined) callback(new DestinationRefused("The host's addresses are not allowed"), []);
      else if (options.all === true) callback(null, allowed);
      else callback(null, first.address, first.family);
    });
  };
}
