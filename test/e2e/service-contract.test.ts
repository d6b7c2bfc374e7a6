import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { describe, expect } from "@jest/globals";
import { PORT_VARIABLES, SERVICE_NAMES, type ServiceName } from "@hooklane/testing";
import { useKeptServices } from "./support/suite.js";

const suite = useKeptServices();
const { check } = suite;
const repository = fileURLToPath(new URL("../../", import.meta.url));

/** Runs a service that is expected to refuse its configuration. */
async function runWith(
  name: ServiceName,
  env: Readonly<Record<string, string>>,
): Promise<{ code: number | null; output: string }> {
  const child = spawn(process.execPath, [`apps/${name}/dist/main.js`], { cwd: repository, env });
  const chunks: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => chunks.push(chunk));
  const [code] = (await once(child, "close")) as [number | null];
  return { code, output: Buffer.concat(chunks).toString() };
}

describe("every service alike", () => {
  for (const name of SERVICE_NAMES) {
    check(`${name} tells that it lives, what it depends on, and its metrics`, async () => {
      const { url } = suite.services.service(name);
      const health = await fetch(`${url}/healthz`);
      expect([health.status, await health.json()]).toEqual([200, expect.objectContaining({ status: "ok" })]);
      const readiness = await fetch(`${url}/readyz`);
      const { ready, dependencies } = (await readiness.json()) as {
        ready: boolean;
        dependencies: Record<string, { ready: boolean }>;
      };
      expect([readiness.status, ready]).toEqual([200, true]);
      expect(Object.keys(dependencies)).toEqual(
        expect.arrayContaining(["service", "mongodb", expect.stringMatching(/^kafka/)]),
      );
      const metrics = await (await fetch(`${url}/metrics`)).text();
      expect(metrics).toContain(`service="${name}"`);
      expect(metrics).toMatch(/^# TYPE hooklane_\w+/m);
    });

    check(`${name} reports every bad variable at once and does not start`, async () => {
      const port = PORT_VARIABLES[name];
      const { code, output } = await runWith(name, {
        KAFKA_BROKERS: "no-port",
        MONGODB_URI: "mysql://secret@nowhere",
        [port]: "99999",
      });
      expect(code).toBe(1);
      for (const variable of ["KAFKA_BROKERS", "MONGODB_URI", port]) expect(output).toContain(variable);
      // A URI may hold a password.
      expect(output).not.toContain("secret@nowhere");
    });

    check(`${name} stops in order within 10 s, also when told twice, and comes back`, async () => {
      const service = suite.services.service(name);
      const begun = Date.now();
      const stopped = service.stop("SIGTERM");
      process.kill(service.pid!, "SIGINT");
      expect(await stopped).toBe(0);
      expect(Date.now() - begun).toBeLessThan(10_000);
      await suite.services.start([name]);
    });
  }
});
