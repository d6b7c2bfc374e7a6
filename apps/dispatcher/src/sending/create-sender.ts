import { createDestinationPolicy } from "@hooklane/core";
import type { Closeable, Logger } from "@hooklane/service";
import type { ConfigCopy } from "@hooklane/store";
import type { Clock } from "../clock.js";
import type { DispatcherConfig } from "../config.js";
import { RequestProfiles } from "@hooklane/request";
import type { FailingWebhooks } from "../rule/failing-webhooks.js";
import type { ExchangeContext } from "./attempt-exchange.js";
import { EgressWatch } from "./egress-watch.js";
import { createGuardedConnector } from "./guarded-connector.js";
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

/** The sender with its connections; `close` cuts what is idle. */
export function createSender(
  config: DispatcherConfig,
  configuration: ConfigCopy,
  failing: FailingWebhooks,
  clock: Clock,
  logger: Logger,
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
  const connect = createGuardedConnector(policy, resolving, createNameResolver());
  const connections = new OriginConnections(connect, slots);
  const exchange: ExchangeContext = {
    clock,
    slots,
    connections,
    egress: new EgressWatch(),
    timeoutMs: config.DISPATCHER_REQUEST_TIMEOUT_MS,
    isResolving: (origin) => resolving.isResolving(origin),
  };
  const sender = new Sender({ configuration, profiles: new RequestProfiles(), failing, exchange, logger });
  return {
    sender,
    sockets: () => ({ pools: slots.census(), idle: connections.idle }),
    close: () => {
      connections.close();
      return Promise.resolve();
    },
  };
}
