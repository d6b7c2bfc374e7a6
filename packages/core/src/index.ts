export * from "./ids.js";
export * from "./vocabulary.js";
