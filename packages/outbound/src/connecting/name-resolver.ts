import { lookup as systemLookup, type LookupAddress, type LookupOptions } from "node:dns";
import { Resolver } from "node:dns/promises";
import { readFileSync } from "node:fs";
import { LRUCache } from "lru-cache";

/** Resolves a name to all its addresses, as `dns.lookup` does. */
export type Resolve = (
  hostname: string,
  options: LookupOptions & { readonly all: true },
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/** An address and how long it may be remembered, seconds. */
interface FoundRecord {
  readonly address: string;
  readonly ttl: number;
}

/** What is asked over the network; Node's `Resolver`, or a stand-in for tests. */
export interface Dns {
  resolve4(hostname: string, options: { readonly ttl: true }): Promise<FoundRecord[]>;
  resolve6(hostname: string, options: { readonly ttl: true }): Promise<FoundRecord[]>;
}

/** A server is asked twice, waiting so long the first time and twice as long the second, milliseconds. */
const QUERY_TIMEOUT_MS = 1_000;
const QUERY_TRIES = 2;

/** A name is looked up again after so long at the latest, milliseconds: receivers move, and expect to be followed. */
const REMEMBERED_MAX_MS = 30_000;
/** The system does not say how long an answer of its may be remembered, milliseconds. */
const SYSTEM_REMEMBERED_MS = 5_000;
const NAMES_MAX = 10_000;

/** No answer was had: asking the system would wait for the same servers, on a thread of the process. */
const UNANSWERED: ReadonlySet<string> = new Set(["ETIMEOUT", "ESERVFAIL", "ECANCELLED"]);

/** What a resolver can be given in tests. */
export interface NameResolverParts {
  readonly dns?: Dns;
  readonly system?: Resolve;
  /** Names the system is asked about at once. */
  readonly hostsFile?: string;
}

/**
 * Resolves receivers' names without one delaying another. The system's resolver answers on the four threads libuv has
 * for all of the process: four dead domains would hold up every other receiver for seconds, and Kafka's and MongoDB's
 * own look-ups with them. More threads only move the number. So DNS is asked directly, which takes none.
 *
 * The system is asked, as it alone knows the hosts file and search lists, for names without a dot, for names the hosts
 * file had at the start, and for names DNS does not have. Such answers come at once, or fail at once.
 *
 * Answers are remembered for a short time, at most as long as they allow; failures are not. Whoever connects judges
 * each address every time, remembered or not.
 */
export function createNameResolver(parts: NameResolverParts = {}): Resolve {
  const dns = parts.dns ?? new Resolver({ timeout: QUERY_TIMEOUT_MS, tries: QUERY_TRIES });
  const system = parts.system ?? systemLookup;
  const hosts = readHostNames(parts.hostsFile ?? "/etc/hosts");
  const remembered = new LRUCache<string, readonly LookupAddress[]>({ max: NAMES_MAX });
  const underWay = new Map<string, Promise<readonly LookupAddress[]>>();

  const lookUp = async (hostname: string): Promise<readonly LookupAddress[]> => {
    try {
      const isLocal = !hostname.includes(".") || hosts.has(hostname);
      const found =
        (isLocal ? undefined : await askDns(dns, hostname)) ?? (await askSystem(system, hostname));
      remembered.set(hostname, found.addresses, { ttl: found.rememberedMs });
      return found.addresses;
    } finally {
      underWay.delete(hostname);
    }
  };
  return (hostname, _options, callback) => {
    const known = remembered.get(hostname);
    let answer = known === undefined ? underWay.get(hostname) : Promise.resolve(known);
    if (answer === undefined) {
      answer = lookUp(hostname);
      underWay.set(hostname, answer);
    }
    answer.then(
      (addresses) => callback(null, [...addresses]),
      (error: unknown) => callback(error as NodeJS.ErrnoException, []),
    );
  };
}

interface Found {
  readonly addresses: readonly LookupAddress[];
  readonly rememberedMs: number;
}

/** @returns undefined when DNS does not have the name */
async function askDns(dns: Dns, hostname: string): Promise<Found | undefined> {
  const [v4, v6] = await Promise.allSettled([
    dns.resolve4(hostname, { ttl: true }),
    dns.resolve6(hostname, { ttl: true }),
  ]);
  const records = [
    ...(v4.status === "fulfilled" ? v4.value.map((record) => ({ ...record, family: 4 })) : []),
    ...(v6.status === "fulfilled" ? v6.value.map((record) => ({ ...record, family: 6 })) : []),
  ];
  if (records.length > 0) {
    const ttlMs = Math.min(...records.map(({ ttl }) => ttl)) * 1000;
    return {
      addresses: records.map(({ address, family }) => ({ address, family })),
      // 0 would be for ever.
      rememberedMs: Math.max(1, Math.min(ttlMs, REMEMBERED_MAX_MS)),
    };
  }
  for (const answer of [v4, v6]) {
    if (answer.status === "rejected" && UNANSWERED.has(codeOf(answer.reason))) throw answer.reason;
  }
  return undefined;
}

function askSystem(system: Resolve, hostname: string): Promise<Found> {
  return new Promise((resolve, reject) => {
    system(hostname, { all: true }, (error, addresses) => {
      if (error === null) resolve({ addresses, rememberedMs: SYSTEM_REMEMBERED_MS });
      else reject(error);
    });
  });
}

function codeOf(error: unknown): string {
  return (error as { readonly code?: string } | undefined)?.code ?? "";
}

/** The names a hosts file has; none when there is no such file. */
function readHostNames(path: string): ReadonlySet<string> {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch {
    return new Set();
  }
  const lines = text.split("\n").map((line) => line.replace(/#.*/, "").trim());
  return new Set(lines.flatMap((line) => line.split(/\s+/).slice(1)).map((name) => name.toLowerCase()));
}
