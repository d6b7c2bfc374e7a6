/**
 * `npm run generate:metrics`: writes the tables of docs/metrics.md and infra/metrics.json from the metrics the services
 * define. Run it whenever a metric changes; a test fails until then.
 */
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { METRIC_SERVICES, renderDocument, toCatalogue } from "./lib/metrics-document.mjs";
import { importPackage, root } from "./lib/paths.mjs";

const env = { ...process.env, TURBO_TELEMETRY_DISABLED: "1", DO_NOT_TRACK: "1" };
const filters = METRIC_SERVICES.map((service) => `--filter=@hooklane/${service}`);
const turbo = join(root, "node_modules", ".bin", "turbo");
execFileSync(turbo, ["run", "build", ...filters, "--output-logs=errors-only"], {
  cwd: root,
  env,
  stdio: "inherit",
});

const { describeMetrics } = await importPackage("service");
const described = new Map();
for (const service of METRIC_SERVICES) {
  const { declareMetrics } = await import(join(root, "apps", service, "dist", "declare-metrics.js"));
  described.set(service, describeMetrics(declareMetrics));
}
const catalogue = toCatalogue((service) => described.get(service));
writeFileSync(join(root, "infra", "metrics.json"), `${JSON.stringify(catalogue, null, 2)}\n`);
const document = join(root, "docs", "metrics.md");
writeFileSync(document, await renderDocument(readFileSync(document, "utf8"), catalogue));
