/**
 * Kinds of tests, told apart by place and name. `npm test` (scripts/test.mjs) brings up the real stack and runs
 * them but for `ops`; `unit` needs nothing.
 */
const base = {
  rootDir: import.meta.dirname,
  // Modules are Node's own, loaded once in each worker.
  runtime: "<rootDir>/scripts/lib/jest-native/runtime.cjs",
  testEnvironment: "<rootDir>/scripts/lib/jest-native/environment.cjs",
  transform: {},
  extensionsToTreatAsEsm: [".ts"],
  modulePathIgnorePatterns: ["/dist/", "<rootDir>/.hooklane/"],
};

export default {
  testSequencer: "<rootDir>/scripts/lib/test-sequencer.mjs",
  projects: [
    {
      ...base,
      displayName: "unit",
      testMatch: [
        "<rootDir>/{apps,packages}/*/src/**/*.test.ts",
        "<rootDir>/test/load/**/*.test.ts",
        "<rootDir>/scripts/lib/**/*.test.mjs",
        "<rootDir>/infra/**/*.test.mjs",
        "<rootDir>/infra/grafana/src/*.test.ts",
      ],
      testPathIgnorePatterns: ["/node_modules/", "\\.integration\\.test\\.ts$"],
    },
    {
      ...base,
      displayName: "integration",
      testMatch: ["<rootDir>/{apps,packages}/*/src/**/*.integration.test.ts"],
    },
    {
      ...base,
      displayName: "shared",
      // Whole services, of which all files use the same ones.
      testMatch: ["<rootDir>/test/e2e/shared/*.test.ts"],
      // The README is about `npm start`: its receiver is a process on loopback, which services in containers do not reach.
      testPathIgnorePatterns: [
        "/node_modules/",
        ...(process.env.TEST_STACK === "external" ? ["/shared/readme\\."] : []),
      ],
      globalSetup: "<rootDir>/test/e2e/shared/setup.mjs",
      globalTeardown: "<rootDir>/test/e2e/shared/teardown.mjs",
    },
    {
      ...base,
      displayName: "console",
      // The page in a real browser, on the services of `shared`.
      testMatch: ["<rootDir>/test/console/*.test.ts"],
      globalSetup: "<rootDir>/test/console/setup.mjs",
      globalTeardown: "<rootDir>/test/console/teardown.mjs",
    },
    {
      ...base,
      displayName: "e2e",
      // Of the faults those that take seconds, of fuzzed calls a few; all of them: `npm run test:invariants`,
      // `npm run test:api-contract`.
      testMatch: [
        "<rootDir>/test/e2e/*.test.ts",
        "<rootDir>/test/invariants/quick/*.test.ts",
        "<rootDir>/test/api-contract/*.test.ts",
      ],
      globalSetup: "<rootDir>/test/e2e/setup.mjs",
      globalTeardown: "<rootDir>/test/e2e/teardown.mjs",
    },
    {
      ...base,
      displayName: "containers",
      // What only containers can show: `TEST_STACK=external npm test`.
      testMatch: ["<rootDir>/test/containers/*.test.ts"],
    },
    {
      ...base,
      displayName: "ops",
      // What operators are given, with the programs they use: Prometheus, promtool, Helm. `npm run test:ops`.
      testMatch: ["<rootDir>/test/ops/**/*.test.ts"],
    },
  ],
};
