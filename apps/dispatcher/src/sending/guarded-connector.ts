import { lookup as dnsLookup, type LookupAddress, type LookupOptions } from "node:dns";
import type { LookupFunction } from "node:net";
import type { DestinationPolicy } from "@hooklane/core";
import { buildConnector } from "undici";
import { DestinationRefused } from "./destination-refused.js";

/** Told when a name is being resolved, so that a resolver that does not answer is not taken for the receiver's fault. */
export interface ResolveWatch {
  onResolving(hostname: string): void;
  onResolved(hostname: string): void;
}

/**
 * The sender's own timer ends a request first, and knows whether the name or the address did not answer; this only ends
 * the attempt to connect that is left behind, milliseconds later.
 */
const AFTER_SENDER_MS = 1_000;

/** The system's resolver, or a stand-in for tests. */
export type Resolve = (
  hostname: string,
  options: LookupOptions & { readonly all: true },
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/**
 * Connects only where the policy allows, asked at connect time about every address a name resolves to, and about the
 * host itself, as address literals never reach the resolver (product.md O6). One address of a name that is refused
 * refuses the name: which of them is used is not ours to foresee.
 *
 * @param timeoutMs the sender's time limit of a request, milliseconds
 */
export function createGuardedConnector(
  policy: DestinationPolicy,
  watch: ResolveWatch,
  timeoutMs: number,
  resolve: Resolve = dnsLookup,
): buildConnector.connector {
  const lookup: LookupFunction = (hostname, options, callback) => {
    watch.onResolving(hostname);
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      watch.onResolved(hostname);
      if (error !== null) {
        callback(error, "", 0);
        return;
      }
      const refusal = findRefusal(policy, addresses);
      const [first] = addresses;
      if (refusal !== undefined) callback(new DestinationRefused(refusal), "", 0);
      else if (options.all === true) callback(null, addresses);
      else if (first === undefined) callback(new DestinationRefused("no address"), "", 0);
      else callback(null, first.address, first.family);
    });
  };
  const connect = buildConnector({ timeout: timeoutMs + AFTER_SENDER_MS, allowH2: false, lookup });
  return (options, callback) => {
    const verdict = policy.checkHost(options.hostname);
    if (verdict.allowed) connect(options, callback);
    else callback(new DestinationRefused(verdict.reason), null);
  };
}

function findRefusal(policy: DestinationPolicy, addresses: readonly LookupAddress[]): string | undefined {
  for (const { address } of addresses) {
    const verdict = policy.checkAddress(address);
    if (!verdict.allowed) return verdict.reason;
  }
  return undefined;
}
