import { createDestinationPolicy } from "@hooklane/core";
import {
  createOutbound,
  type Outbound,
  readOpenFilesMax,
  type TokenMetrics,
  toSocketLimits,
} from "@hooklane/outbound";
import type { Clock, Closeable, Logger } from "@hooklane/service";
import type { ConfigCopy } from "@hooklane/store";
import type { DispatcherConfig } from "../config.js";
import type { FailingWebhooks } from "../rule/failing-webhooks.js";
import { Sender } from "./sender.js";

/** What is not of sending alone. */
export interface SenderTools {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: TokenMetrics;
}

/** The sender with its connections and tokens; `close` cuts what is idle, and tokens on their way. */
export function createSender(
  config: DispatcherConfig,
  configuration: ConfigCopy,
  failing: FailingWebhooks,
  { clock, logger, metrics }: SenderTools,
): { readonly sender: Sender } & Pick<Outbound, "sockets"> & Closeable {
  const openFilesMax = readOpenFilesMax();
  const limits = toSocketLimits({
    openFilesMax,
    socketsMax: config.DISPATCHER_SOCKETS_MAX,
    perOriginMax: config.DISPATCHER_SOCKETS_PER_ORIGIN_MAX,
  });
  logger.info({ openFilesMax, ...limits }, "sender.socket_limits");
  const outbound = createOutbound({
    policy: createDestinationPolicy(config.HOOKLANE_DESTINATION_ALLOW),
    limits,
    timeoutMs: config.DISPATCHER_REQUEST_TIMEOUT_MS,
    isCurrent: (webhook) => configuration.webhook(webhook._id) === webhook,
    clock,
    logger,
    metrics,
  });
  return {
    sender: new Sender({ configuration, failing, requests: outbound.requests }),
    sockets: outbound.sockets,
    close: () => outbound.close(),
  };
}
