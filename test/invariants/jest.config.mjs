import config from "../../jest.config.mjs";

const [project] = config.projects;

/** Not one of the projects of `npm test`: these tests take minutes each, and stop the stack others would be using. */
export default {
  ...project,
  displayName: "invariants",
  testMatch: ["<rootDir>/test/invariants/**/*.test.ts"],
  testPathIgnorePatterns: ["/node_modules/"],
};
