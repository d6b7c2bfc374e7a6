/**
 * Kinds of tests, told apart by place and name. `npm test` (scripts/test.mjs) brings up the real stack and runs
 * them but for `ops`; `unit` needs nothing.
 */
const base = {
  rootDir: import.meta.dirname,
  testEnvironment: "node",
  extensionsToTreatAsEsm: [".ts"],
  transform: {
    "^.+\\.ts$": [
      "@swc/jest",
      {
        jsc: {
          target: "es2022",
          parser: { syntax: "typescript" },
          // `with { type: "json" }` stays: Node and jest both ask for it.
          experimental: { keepImportAttributes: true },
        },
        module: { type: "es6" },
        sourceMaps: "inline",
      },
    ],
  },
  moduleNameMapper: {
    "^@hooklane/(client|core|lanes|contracts|kafka|outbound|request|store|service|local-stack|testing)$":
      "<rootDir>/packages/$1/src/index.ts",
    "^(\\.{1,2}/.*)\\.js$": "$1",
  },
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
        "<rootDir>/scripts/lib/*.test.mjs",
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
      globalSetup: "<rootDir>/test/e2e/shared/setup.mjs",
      globalTeardown: "<rootDir>/test/e2e/shared/teardown.mjs",
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
    },
    {
      ...base,
      displayName: "ops",
      // What operators are given, with the programs they use: Prometheus, promtool, Helm. `npm run test:ops`.
      testMatch: ["<rootDir>/test/ops/**/*.test.ts"],
    },
  ],
};
