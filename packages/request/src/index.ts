export * from "./build-request.js";
export type { ClientIdentity } from "./client-identity.js";
export type { RequestRecord } from "./request-record.js";
export {
  type RequestEndpoint,
  type RequestProfile,
  RequestProfiles,
  type RequestWebhook,
  toProfile,
} from "./request-profile.js";
export { VERSION } from "./version.js";
export { checkBody } from "./template.js";
export { describeFailure, type TemplateFailure } from "./template-fault.js";
