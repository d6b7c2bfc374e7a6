import { createDestinationPolicy } from "@hooklane/core";
import type { Closeable, Logger } from "@hooklane/service";
import type { ConfigCopy } from "@hooklane/store";
import type { Clock } from "../clock.js";
import type { DispatcherConfig } from "../config.js";
import { RequestProfiles } from "@hooklane/request";
import type { DispatcherMetrics } from "../metrics.js";
import type { FailingWebhooks } from "../rule/failing-webhooks.js";
import { TokenEndpoint } from "../tokens/token-endpoint.js";
import { TokenRequest } from "../tokens/token-request.js";
import { TokenSource } from "../tokens/token-source.js";
import type { ExchangeContext } from "./attempt-exchange.js";
import { EgressWatch } from "./egress-watch.js";
import { createGuardedConnector, createGuardedLookup } from "./guarded-connector.js";
import { createNameResolver } from "./name-resolver.js";
import { OriginConnections } from "./origin-connections.js";
import { ResolveCounts } from "./resolve-counts.js";
import { Sender } from "./sender.js";
import { readOpenFilesMax, type SendPool, toSocketLimits } from "./socket-limits.js";
import { type PoolCensus, SocketSlots } from "./socket-slots.js";

/** What the sender's sockets do now. */
export interface SocketsCensus {
  readonly pools: Readonly<Record<SendPool, PoolCensus>>;
  readonly idle: number;
}

/** What is not of sending alone. */
export interface SenderTools {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: Pick<DispatcherMetrics, "tokenRequests">;
}

/** The sender with its connections and tokens; `close` cuts what is idle, and tokens on their way. */
export function createSender(
  config: DispatcherConfig,
  configuration: ConfigCopy,
  failing: FailingWebhooks,
  { clock, logger, metrics }: SenderTools,
): { readonly sender: Sender; readonly sockets: () => SocketsCensus } & Closeable {
  const openFilesMax = readOpenFilesMax();
  const limits = toSocketLimits({
    openFilesMax,
    socketsMax: config.DISPATCHER_SOCKETS_MAX,
    perOriginMax: config.DISPATCHER_SOCKETS_PER_ORIGIN_MAX,
  });
  logger.info({ openFilesMax, ...limits }, "sender.socket_limits");
  const policy = createDestinationPolicy(config.HOOKLANE_DESTINATION_ALLOW);
  const resolving = new ResolveCounts();
  const slots = new SocketSlots(limits);
  const resolve = createNameResolver();
  const connect = createGuardedConnector(policy, resolving, resolve);
  const connections = new OriginConnections(connect, slots);
  const timeoutMs = config.DISPATCHER_REQUEST_TIMEOUT_MS;
  const exchange: ExchangeContext = {
    clock,
    slots,
    connections,
    egress: new EgressWatch(),
    timeoutMs,
    isResolving: (origin) => resolving.isResolving(origin),
  };
  const lookup = createGuardedLookup(policy, resolving, resolve);
  const request = new TokenRequest({ policy, lookup, timeoutMs });
  const tokens = new TokenSource({
    endpoint: new TokenEndpoint({ ...exchange, request }),
    clock,
    metrics,
    logger,
  });
  const profiles = new RequestProfiles();
  const sender = new Sender({ configuration, profiles, failing, exchange, tokens, logger });
  return {
    sender,
    sockets: () => ({ pools: slots.census(), idle: connections.idle }),
    close: async () => {
      connections.close();
      await tokens.close();
    },
  };
}
