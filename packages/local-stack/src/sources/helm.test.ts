import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { findModuleFiles } from "./go-module.js";
import { findHelm } from "./helm.js";
import { findKubernetesSchemas } from "./kubernetes-schemas.js";
import type { SourceContext } from "./source-context.js";

let dir: string;
let said: string[];

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "hooklane-helm-"));
  said = [];
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

/** A machine whose PATH has nothing but the programs of the test, beside what a shell script needs. */
function machine(programs: Readonly<Record<string, string>>, env: NodeJS.ProcessEnv = {}): SourceContext {
  const bin = join(dir, "bin");
  mkdirSync(bin);
  for (const [name, script] of Object.entries(programs)) writeScript(join(bin, name), script);
  return { cacheDir: join(dir, "cache"), env: { PATH: bin, ...env }, progress: (line) => said.push(line) };
}

function writeScript(path: string, script: string): void {
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
}

describe("Helm", () => {
  test("of PATH is taken when it is Helm 3", async () => {
    await expect(findHelm(machine({ helm: "echo v3.20.2" }))).resolves.toBe("helm");
  });

  test("of another major version is passed over, and the one in the cache is taken", async () => {
    const context = machine({ helm: "echo v4.0.0" });
    mkdirSync(join(dir, "cache/helm-v3.22.0"), { recursive: true });
    const kept = join(dir, "cache/helm-v3.22.0/helm");
    writeScript(kept, "echo v3.22.0");
    await expect(findHelm(context)).resolves.toBe(kept);
    expect(said).toContain("Helm: helm on PATH: is v4.0.0, not Helm 3");
  });

  test("is built by Go once, where nobody has it", async () => {
    const install = `case "$1" in version) ;; *) echo 'echo v3.22.0' > "$GOBIN/helm" && /bin/chmod 755 "$GOBIN/helm" ;; esac`;
    const context = machine({ go: install, nice: 'shift 2; exec "$@"' });
    const built = join(dir, "cache/helm-v3.22.0/helm");
    await expect(findHelm(context)).resolves.toBe(built);
    rmSync(join(dir, "bin"), { recursive: true });
    await expect(findHelm(context)).resolves.toBe(built);
  });

  test("that is nowhere and cannot be built is said, with what to install", async () => {
    await expect(findHelm(machine({}))).rejects.toThrow(
      /^Helm is not to be had on this machine; install Helm 3 .* in HELM_BINARY, or Go /,
    );
    expect(said).toContain("Helm: Helm built by Go: needs go");
  });

  test("that Go fails to build leaves nothing, and Go's reason is said", async () => {
    const context = machine({
      go: '[ "$1" = version ] || { echo "requires go >= 9.9"; exit 1; }',
      nice: 'shift 2; exec "$@"',
    });
    await expect(findHelm(context)).rejects.toThrow("Helm is not to be had");
    expect(said).toContain("Helm: Helm built by Go: requires go >= 9.9");
  });
});

describe("what manifests are held against", () => {
  test("and cannot be had is said, with what to install", async () => {
    const context = machine({});
    await expect(findKubernetesSchemas("1.37.0", context)).rejects.toThrow("install Python 3 with pip");
    const files = { module: "example.org/module", version: "v1.0.0", files: ["a/b.yaml"] };
    await expect(findModuleFiles(files, context)).rejects.toThrow("install Go");
  });

  test("is copied out of the module, which Go may clear away afterwards", async () => {
    const source = join(dir, "source");
    mkdirSync(join(source, "a"), { recursive: true });
    writeFileSync(join(source, "a/b.yaml"), "kind: X\n");
    const context = machine({ go: `echo '{"Dir": "${source}"}'` });
    const files = { module: "example.org/module", version: "v1.0.0", files: ["a/b.yaml"] };
    const path = join(dir, "cache/example.org-module-v1.0.0/b.yaml");
    await expect(findModuleFiles(files, context)).resolves.toEqual([path]);
    rmSync(source, { recursive: true });
    await expect(findModuleFiles(files, context)).resolves.toEqual([path]);
  });
});
