export * from "./build-request.js";
export type { RequestRecord } from "./request-record.js";
export * from "./request-profile.js";
