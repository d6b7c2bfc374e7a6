/**
 * `npm run generate`: writes the API's own description (`openapi.json`) and the types made of it. Run it whenever the API
 * changes; tests fail until then. `-- --types` makes the types of the description as it lies here, `-- --check` compares
 * them only.
 */
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import openapiTS, { astToString } from "openapi-typescript";

const root = fileURLToPath(new URL("../../", import.meta.url));
const documentFile = new URL("openapi.json", import.meta.url);
const typesFile = new URL("src/api.generated.ts", import.meta.url);
const BUFFER_BYTES_MAX = 64 * 1024 * 1024;

function writeDocument() {
  const turbo = join(root, "node_modules", ".bin", "turbo");
  const env = { ...process.env, TURBO_TELEMETRY_DISABLED: "1", DO_NOT_TRACK: "1" };
  const build = ["run", "build", "--filter=@hooklane/subscription-api", "--output-logs=errors-only"];
  execFileSync(turbo, build, { cwd: root, env, stdio: "inherit" });
  const print = ["apps/subscription-api/dist/openapi/print-document.js"];
  writeFileSync(
    documentFile,
    execFileSync(process.execPath, print, { cwd: root, maxBuffer: BUFFER_BYTES_MAX }),
  );
}

async function toTypes(document) {
  const nodes = await openapiTS(document, {
    // A field with a default may be left out of a request.
    defaultNonNullable: false,
    rootTypes: true,
    rootTypesNoSchemaPrefix: true,
  });
  return `/** Generated from openapi.json: \`npm run generate\`. */\n${astToString(nodes)}`;
}

const options = process.argv.slice(2);
if (options.length === 0) writeDocument();
const types = await toTypes(JSON.parse(readFileSync(documentFile, "utf8")));
if (!options.includes("--check")) {
  writeFileSync(typesFile, types);
} else if (readFileSync(typesFile, "utf8") !== types) {
  console.error("src/api.generated.ts is not what openapi.json says: npm run generate -- --types");
  process.exitCode = 1;
}
