import type { DestinationPolicy } from "@hooklane/core";
import { RequestProfiles } from "@hooklane/request";
import type { Clock, Closeable, Logger } from "@hooklane/service";
import { createGuardedConnector, createGuardedLookup } from "./connecting/guarded-connector.js";
import { createNameResolver } from "./connecting/name-resolver.js";
import { OriginConnections } from "./connecting/origin-connections.js";
import { ResolveCounts } from "./connecting/resolve-counts.js";
import type { ExchangeContext } from "./sending/attempt-exchange.js";
import { EgressWatch } from "./sending/egress-watch.js";
import type { SendPool, SocketLimits } from "./sending/socket-limits.js";
import { type PoolCensus, SocketSlots } from "./sending/socket-slots.js";
import { type SendableWebhook, WebhookSender } from "./sending/webhook-sender.js";
import { TokenEndpoint } from "./tokens/token-endpoint.js";
import { TokenRequest } from "./tokens/token-request.js";
import { type TokenMetrics, TokenSource } from "./tokens/token-source.js";

/** What the sender's sockets do now. */
export interface SocketsCensus {
  readonly pools: Readonly<Record<SendPool, PoolCensus>>;
  readonly idle: number;
}

export interface OutboundOptions {
  readonly policy: DestinationPolicy;
  readonly limits: SocketLimits;
  /** Of an attempt: DNS, connect, TLS and status line (product.md D1), milliseconds. */
  readonly timeoutMs: number;
  readonly isCurrent: (webhook: SendableWebhook) => boolean;
  readonly clock: Clock;
  readonly logger: Pick<Logger, "error">;
  readonly metrics: TokenMetrics;
}

/** A sender with connections and tokens of its own; `close` cuts what is idle, and tokens on their way. */
export interface Outbound extends Closeable {
  readonly requests: WebhookSender;
  readonly sockets: () => SocketsCensus;
}

/** Wires what makes requests of webhooks. One a process: what it learns of origins and tokens is of use to all. */
export function createOutbound(options: OutboundOptions): Outbound {
  const { policy, timeoutMs, clock, metrics, logger, isCurrent } = options;
  const resolving = new ResolveCounts();
  const slots = new SocketSlots(options.limits);
  const resolve = createNameResolver();
  const connections = new OriginConnections(createGuardedConnector(policy, resolving, resolve), slots);
  const exchange: ExchangeContext = {
    clock,
    slots,
    connections,
    egress: new EgressWatch(),
    timeoutMs,
    isResolving: (origin) => resolving.isResolving(origin),
  };
  const lookup = createGuardedLookup(policy, resolving, resolve);
  const endpoint = new TokenEndpoint({
    ...exchange,
    request: new TokenRequest({ policy, lookup, timeoutMs }),
  });
  const tokens = new TokenSource({ endpoint, clock, metrics, logger });
  const profiles = new RequestProfiles();
  return {
    requests: new WebhookSender({ profiles, exchange, tokens, isCurrent, logger }),
    sockets: () => ({ pools: slots.census(), idle: connections.idle }),
    close: async () => {
      connections.close();
      await tokens.close();
    },
  };
}
