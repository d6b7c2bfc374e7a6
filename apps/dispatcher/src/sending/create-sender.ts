import { createDestinationPolicy } from "@hooklane/core";
import type { Closeable, Logger } from "@hooklane/service";
import type { ConfigCopy } from "@hooklane/store";
import type { Clock } from "../clock.js";
import type { DispatcherConfig } from "../config.js";
import { RequestProfiles } from "../request/request-profile.js";
import type { FailingWebhooks } from "../rule/failing-webhooks.js";
import type { ExchangeContext } from "./attempt-exchange.js";
import { EgressWatch } from "./egress-watch.js";
import { createGuardedConnector } from "./guarded-connector.js";
import { OriginConnections } from "./origin-connections.js";
import { ResolveCounts } from "./resolve-counts.js";
import { Sender } from "./sender.js";

/** The sender with its connections; `close` cuts what is idle. */
export function createSender(
  config: DispatcherConfig,
  configuration: ConfigCopy,
  failing: FailingWebhooks,
  clock: Clock,
  logger: Logger,
): { readonly sender: Sender } & Closeable {
  const timeoutMs = config.DISPATCHER_REQUEST_TIMEOUT_MS;
  const policy = createDestinationPolicy(config.HOOKLANE_DESTINATION_ALLOW);
  const resolving = new ResolveCounts();
  const connections = new OriginConnections(
    createGuardedConnector(policy, resolving, timeoutMs),
    config.DISPATCHER_ORIGINS_MAX,
  );
  const exchange: ExchangeContext = {
    clock,
    connections,
    egress: new EgressWatch(),
    timeoutMs,
    isResolving: (origin) => resolving.isResolving(origin),
  };
  const sender = new Sender({ configuration, profiles: new RequestProfiles(), failing, exchange, logger });
  return {
    sender,
    close: () => {
      connections.close();
      return Promise.resolve();
    },
  };
}
