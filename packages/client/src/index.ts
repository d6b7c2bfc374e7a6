export { Hooklane } from "./hooklane.js";
export type { ApiClient, HooklaneOptions } from "./api-client.js";
export type { ContactImports, ContactUpload, ImportOptions } from "./contact-imports.js";
export type { DeliveryFilter, Deliveries } from "./deliveries.js";
export type { EventFilter, Events, SentEvent } from "./events.js";
export type { Jobs } from "./jobs.js";
export type { Journeys } from "./journeys.js";
export type { Webhooks } from "./webhooks.js";
export { HooklaneError, type ErrorCode } from "./hooklane-error.js";
export { List, type Page } from "./list.js";
export type { LiveEvent, StreamFilter, StreamOptions, StreamPause } from "./live-stream.js";
export {
  verify,
  type Verified,
  type VerifyOptions,
  type WebhookHeaders,
  WebhookVerificationError,
  type VerificationFault,
} from "./verify.js";
export type * from "./api.generated.js";
