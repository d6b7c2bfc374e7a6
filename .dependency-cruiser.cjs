/** The import rules of the repository: who may know whom. */
module.exports = {
  forbidden: [
    { name: "no-circular", severity: "error", from: {}, to: { circular: true } },
    {
      name: "core-knows-nobody",
      comment: "packages/core holds the rules; it imports nothing of ours.",
      severity: "error",
      from: { path: "^packages/core/" },
      to: { path: "^(apps|packages/(?!core/)|test)" },
    },
    {
      name: "client-knows-nobody",
      comment: "packages/client is for other people's programs, in browsers too: neither ours nor Node's.",
      severity: "error",
      from: { path: "^packages/client/src/", pathNot: "\\.test\\.ts$" },
      to: { path: "^(apps|packages/(?!client/)|test)" },
    },
    {
      name: "client-uses-no-node",
      severity: "error",
      from: { path: "^packages/client/src/", pathNot: "\\.test\\.ts$" },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "lanes-knows-core",
      severity: "error",
      from: { path: "^packages/lanes/" },
      to: { path: "^(apps|packages/(?!(core|lanes)/)|test)" },
    },
    {
      name: "contracts-knows-core",
      severity: "error",
      from: { path: "^packages/contracts/" },
      to: { path: "^(apps|packages/(?!(core|contracts)/)|test)" },
    },
    {
      name: "adapters-know-core-and-contracts",
      severity: "error",
      from: { path: "^packages/(kafka|store)/", pathNot: "\\.test\\.ts$" },
      to: { path: "^(apps|packages/(?!(core|contracts|kafka|store)/)|test)" },
    },
    {
      name: "adapters-are-apart",
      severity: "error",
      from: { path: "^packages/(kafka|store)/", pathNot: "\\.test\\.ts$" },
      to: { path: "^packages/(kafka|store)/", pathNot: "^packages/$1/" },
    },
    {
      name: "packages-do-not-know-apps",
      severity: "error",
      from: { path: "^packages/" },
      to: { path: "^apps/" },
    },
    {
      name: "apps-are-apart",
      severity: "error",
      from: { path: "^apps/([^/]+)/" },
      to: { path: "^apps/([^/]+)/", pathNot: "^apps/$1/" },
    },
    {
      name: "testing-is-for-tests",
      severity: "error",
      from: { path: "^(apps|packages/(?!testing/))", pathNot: "\\.test\\.ts$|/src/testing/" },
      to: { path: "^packages/testing/" },
    },
    {
      name: "pure-packages-use-no-node",
      comment: "style.md §12: no I/O in packages/core and packages/lanes.",
      severity: "error",
      from: { path: "^packages/(core|lanes)/", pathNot: "\\.test\\.ts$" },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "kafkajs-is-hidden",
      comment: "One adapter knows kafkajs and its traps.",
      severity: "error",
      from: { path: "^apps/" },
      to: { path: "node_modules/kafkajs/" },
    },
    { name: "no-unresolvable", severity: "error", from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "(^|/)dist/" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      conditionNames: ["@hooklane/source", "import", "node", "default", "types"],
      exportsFields: ["exports"],
    },
  },
};
