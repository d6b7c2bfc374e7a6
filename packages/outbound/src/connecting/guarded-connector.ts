import type { LookupAddress } from "node:dns";
import { isIP, connect as connectTcp, type LookupFunction, type Socket } from "node:net";
import { connect as connectTls, type TLSSocket } from "node:tls";
import type { DestinationPolicy } from "@hooklane/core";
import type { ClientIdentity } from "@hooklane/request";
import { LRUCache } from "lru-cache";
import type { buildConnector } from "undici";
import { DestinationRefused } from "./destination-refused.js";
import type { Resolve } from "./name-resolver.js";
import { SecureContexts } from "./secure-contexts.js";

/** Told when a name is being resolved, so that a resolver that does not answer is not taken for the receiver's fault. */
export interface ResolveWatch {
  onResolving(hostname: string): void;
  onResolved(hostname: string): void;
}

/**
 * Connects for undici, which is called back with the socket to use once that is ready.
 *
 * @param identity as whom; undefined: nobody in particular
 * @returns the TCP socket at once, to cut it; undefined when the destination was refused
 */
export type Connect = (
  options: buildConnector.Options,
  callback: buildConnector.Callback,
  identity?: ClientIdentity,
) => Socket | undefined;

/** After so long without traffic TCP asks whether the other side is still there, milliseconds. */
const KEEP_ALIVE_MS = 60_000;
/** TLS sessions remembered for resumption, by name and identity. */
const SESSIONS_MAX = 1_000;

/**
 * Connects only where the policy allows, asked at connect time about every address a name resolves to, and about the
 * host itself, as address literals never reach the resolver (product.md O6). One address of a name that is refused
 * refuses the name: which of them is used is not ours to foresee. An attempt has no time limit here: the sender has one
 * over everything, and cuts the socket.
 *
 * @param trusted certificate authorities in PEM form instead of Node's, for tests
 */
export function createGuardedConnector(
  policy: DestinationPolicy,
  watch: ResolveWatch,
  resolve: Resolve,
  trusted?: string,
): Connect {
  const lookup = createGuardedLookup(policy, watch, resolve);
  const tls: TlsParts = {
    sessions: new LRUCache({ max: SESSIONS_MAX }),
    contexts: new SecureContexts(trusted),
    trusted,
  };
  return ({ hostname, port, protocol, servername }, callback, identity) => {
    const verdict = policy.checkHost(hostname);
    if (!verdict.allowed) {
      callback(new DestinationRefused(verdict.reason), null);
      return undefined;
    }
    const isTls = protocol === "https:";
    const socket = connectTcp({
      host: hostname,
      port: port === "" ? (isTls ? 443 : 80) : Number(port),
      lookup,
      noDelay: true,
      keepAlive: true,
      keepAliveInitialDelay: KEEP_ALIVE_MS,
    });
    // undici's own listener is there once it has the socket.
    let waiting: buildConnector.Callback | undefined = callback;
    const end = (...how: Parameters<buildConnector.Callback>) => {
      waiting?.(...how);
      waiting = undefined;
    };
    socket.on("error", (error) => end(error, null));
    socket.once("connect", () => {
      if (!isTls) {
        end(null, socket);
        return;
      }
      const secure = secureSocket(socket, { hostname, servername, identity }, tls);
      secure.on("error", (error: Error) => {
        end(error, null);
        // An alert ends it, such as one about our certificate (TLS 1.3 has them after the handshake). Left open, undici
        // would see the end that follows, and tell that instead.
        secure.destroy();
      });
      secure.once("secureConnect", () => end(null, secure));
    });
    return socket;
  };
}

/** What TLS connections share. */
interface TlsParts {
  readonly sessions: LRUCache<string, Buffer>;
  readonly contexts: SecureContexts;
  readonly trusted: string | undefined;
}

/** With whom and as whom. */
interface TlsPeers {
  readonly hostname: string;
  readonly servername: string | undefined;
  readonly identity: ClientIdentity | undefined;
}

/** TLS over a socket of ours and not one of TLS's own: only the TCP socket below can be reset. */
function secureSocket(
  socket: Socket,
  { hostname, servername, identity }: TlsPeers,
  { sessions, contexts, trusted }: TlsParts,
): TLSSocket {
  // An address is no server name (RFC 6066 §3); the certificate is checked against the host then.
  const name = servername ?? (isIP(hostname) === 0 ? hostname : "");
  const host = name === "" ? hostname : name;
  // A resumed session is of whom it was made for, on both sides, and is not verified again.
  const key = identity === undefined ? host : `${host} ${identity.id}`;
  const session = sessions.get(key);
  const secure = connectTls({
    socket,
    host: hostname,
    servername: name,
    ALPNProtocols: ["http/1.1"],
    ...(session !== undefined && { session }),
    ...(identity !== undefined && { secureContext: contexts.of(identity) }),
    ...(identity === undefined && trusted !== undefined && { ca: trusted }),
  });
  secure.on("session", (offered) => sessions.set(key, offered));
  return secure;
}

/** A `lookup` that refuses a name with an address the policy refuses; the host itself has to be checked before. */
export function createGuardedLookup(
  policy: DestinationPolicy,
  watch: ResolveWatch,
  resolve: Resolve,
): LookupFunction {
  return (hostname, options, callback) => {
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
}

function findRefusal(policy: DestinationPolicy, addresses: readonly LookupAddress[]): string | undefined {
  for (const { address } of addresses) {
    const verdict = policy.checkAddress(address);
    if (!verdict.allowed) return verdict.reason;
  }
  return undefined;
}
