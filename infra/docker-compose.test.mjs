import { readdirSync, readFileSync, existsSync } from "node:fs";
import { join } from "node:path";
import { listVariables, loadConfig } from "@hooklane/service";
import { describe, expect, test } from "@jest/globals";
import { parse } from "yaml";
import { demoConfig } from "../apps/demo/src/config.js";
import { dispatcherConfig } from "../apps/dispatcher/src/config.js";
import { configSchema as eventIngestorConfig } from "../apps/event-ingestor/src/config.js";
import { healthMonitorConfig } from "../apps/health-monitor/src/config.js";
import { configSchema as routerConfig } from "../apps/router/src/config.js";
import { subscriptionApiConfig } from "../apps/subscription-api/src/config.js";
import { APP_PORTS } from "./docker/healthcheck.mjs";

const infra = import.meta.dirname;
const appsDir = join(infra, "../apps");
const composeText = readFileSync(join(infra, "docker-compose.yml"), "utf8");
const { services, volumes } = parse(composeText, { merge: true });
const envExample = readFileSync(join(infra, ".env.example"), "utf8");

/** The services, and the port each has to the outside (api.md §1). */
const SERVICES = [
  { app: "subscription-api", schema: subscriptionApiConfig, port: 4400 },
  { app: "event-ingestor", schema: eventIngestorConfig, port: 4401 },
  { app: "router", schema: routerConfig, port: 4402 },
  { app: "dispatcher", schema: dispatcherConfig, port: 4403 },
  { app: "health-monitor", schema: healthMonitorConfig, port: 4404 },
];

/** What somebody has to fill in, filled in. */
const FILLED_IN = {
  OPERATOR_KEY: "operator-key-of-the-test",
  HOOKLANE_SECRETS_KEYS: `k1:${Buffer.alloc(32, 1).toString("base64")}`,
  SMTP_URL: "smtp://mail-catcher:4425",
  MAIL_FROM: "Hooklane <hooklane@example.org>",
};

/** Every `${NAME}`, `${NAME:-default}` and `${NAME:?error}` of a text. */
function listSubstitutions(text) {
  return [...text.matchAll(/\$\{(\w+)(?::([-?])([^}]*))?\}/g)].map(([whole, name, operator, rest]) => ({
    whole,
    name,
    required: operator === "?",
    fallback: operator === "-" ? rest : "",
  }));
}

function substitute(text, env) {
  return listSubstitutions(text).reduce(
    (result, { whole, name, fallback }) => result.replace(whole, env[name] || fallback),
    text,
  );
}

/** The environment of a service as the engine gives it; the image adds HOST. */
function environmentOf(service, env = FILLED_IN) {
  const given = Object.entries(services[service].environment).map(([name, value]) => [
    name,
    substitute(value, env),
  ]);
  return { HOST: "0.0.0.0", ...Object.fromEntries(given) };
}

const portVariableOf = (schema) => listVariables(schema).find(({ name }) => name.endsWith("_PORT"));

describe("infra/docker-compose.yml", () => {
  test("every service of apps/ is in it, and started from its own image", () => {
    // What has a configuration is a service; the command line has none.
    const apps = readdirSync(appsDir).filter((app) => existsSync(join(appsDir, app, "src/config.ts")));
    expect(SERVICES.map(({ app }) => app).sort()).toEqual(apps.filter((app) => app !== "demo").sort());
    for (const { app } of SERVICES) {
      expect(services[app].build.args).toEqual({ APP: app });
      expect(services[app].image).toMatch(new RegExp(`^hooklane/${app}:`));
    }
  });

  test.each(SERVICES)("$app knows every variable it is given", ({ app, schema }) => {
    const known = listVariables(schema).map(({ name }) => name);
    expect(known).toEqual(expect.arrayContaining(Object.keys(services[app].environment)));
  });

  test.each(SERVICES)("$app starts with what .env.example asks for, filled in", ({ app, schema }) => {
    expect(() => loadConfig(schema, environmentOf(app))).not.toThrow();
  });

  test("the mail catcher starts, and listens where .env.example says", () => {
    const config = loadConfig(demoConfig, environmentOf("mail-catcher"));
    expect(envExample).toContain(`smtp://mail-catcher:${config.DEMO_SMTP_PORT}`);
    expect(services["mail-catcher"].ports).toEqual([`127.0.0.1:${config.DEMO_PORT}:${config.DEMO_PORT}`]);
    expect(services["mail-catcher"].profiles).toEqual(["mail-catcher"]);
  });

  test.each([...SERVICES, { app: "demo", schema: demoConfig, port: 4410 }])(
    "$app listens where its health check asks",
    ({ app, schema, port }) => {
      const { name, defaultValue } = portVariableOf(schema);
      expect(APP_PORTS[app]).toEqual({ variable: name, standard: defaultValue });
      expect(defaultValue).toBe(port);
    },
  );

  test.each(SERVICES)("$app is reached on port $port of the loopback address only", ({ app, port }) => {
    expect(services[app].ports).toEqual([`127.0.0.1:${port}:${port}`]);
  });

  test("nothing else is reached from outside", () => {
    const open = Object.keys(services).filter((name) => services[name].ports !== undefined);
    expect(open.sort()).toEqual([...SERVICES.map(({ app }) => app), "mail-catcher"].sort());
  });

  test("what has to be filled in is exactly what has no default, and is said when it is missing", () => {
    const required = listSubstitutions(composeText).filter((substitution) => substitution.required);
    expect([...new Set(required.map(({ name }) => name))].sort()).toEqual(Object.keys(FILLED_IN).sort());
  });

  test(".env.example names every variable the file reads, with the same default", () => {
    for (const { name, required, fallback } of listSubstitutions(composeText)) {
      expect(envExample).toMatch(new RegExp(`^${required ? "" : "# "}${name}=${fallback}$`, "m"));
    }
  });

  test("our containers write to nothing of their own, have no privileges, and start when all is prepared", () => {
    for (const { app } of SERVICES) {
      expect(services[app]).toMatchObject({
        read_only: true,
        cap_drop: ["ALL"],
        security_opt: ["no-new-privileges:true"],
        restart: "unless-stopped",
        depends_on: { prepare: { condition: "service_completed_successfully" } },
      });
    }
    expect(services.prepare.depends_on).toEqual({
      kafka: { condition: "service_healthy" },
      mongodb: { condition: "service_healthy" },
    });
  });

  test("what Kafka and MongoDB keep is on named volumes", () => {
    const named = ["kafka", "mongodb"].flatMap((name) => services[name].volumes).map((v) => v.split(":")[0]);
    expect(named.sort()).toEqual(Object.keys(volumes).sort());
  });
});
