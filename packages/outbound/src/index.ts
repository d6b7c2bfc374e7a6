export * from "./create-outbound.js";
export { DESTINATION_REFUSED } from "./connecting/destination-refused.js";
export * from "./create-guarded-post.js";
export type { GuardedPost, PostAnswer, PostContent } from "./guarded-post.js";
export type { ExchangeOwner } from "./sending/attempt-exchange.js";
export type { OpenRequest } from "./sending/open-request.js";
export {
  readOpenFilesMax,
  SEND_POOLS,
  type SendPool,
  SOCKETS_MIN,
  toSocketLimits,
} from "./sending/socket-limits.js";
export type { WebhookSender } from "./sending/webhook-sender.js";
export type { TokenMetrics } from "./tokens/token-source.js";
