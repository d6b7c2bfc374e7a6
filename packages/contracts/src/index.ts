export * from "./http/problem.js";
export * from "./records/codec.js";
export * from "./records/delivery-record.js";
export * from "./records/event-record.js";
export * from "./records/rejected-record.js";
export * from "./records/result-record.js";
