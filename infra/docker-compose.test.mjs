import { readdirSync, readFileSync, existsSync } from "node:fs";
import { join } from "node:path";
import { listVariables, loadConfig } from "@hooklane/service";
import { topicLayout } from "@hooklane/kafka";
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
const readYaml = (file) => parse(readFileSync(join(infra, file), "utf8"), { merge: true });
const threeBrokers = readYaml("docker-compose.three-brokers.yml");
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

/** Where ports are open. */
const PUBLISHED = "${PUBLISH_ADDRESS:-127.0.0.1}";

/** The brokers with the three-brokers file, as Compose merges it. */
function listBrokers() {
  return Object.entries(threeBrokers.services)
    .filter(([name]) => name.startsWith("kafka"))
    .map(([name, broker]) => {
      const base = services[name];
      return [name, { ...base, ...broker, environment: { ...base?.environment, ...broker.environment } }];
    });
}

const portVariableOf = (schema) => listVariables(schema).find(({ name }) => name.endsWith("_PORT"));

describe("infra/docker-compose.yml", () => {
  test("every service of apps/ is in it, and started from its own image", () => {
    // What has a configuration is a service; the command line has none.
    const apps = readdirSync(appsDir).filter((app) => existsSync(join(appsDir, app, "src/config.ts")));
    expect(SERVICES.map(({ app }) => app).sort()).toEqual(apps.filter((app) => app !== "demo").sort());
    for (const { app } of SERVICES) {
      expect(services[app].build.args).toEqual({
        APP: app,
        NODE_IMAGE: "${NODE_IMAGE:-node:20-bookworm-slim}",
      });
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
    expect(services["mail-catcher"].ports).toEqual([`${PUBLISHED}:${config.DEMO_PORT}:${config.DEMO_PORT}`]);
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

  test.each(SERVICES)("$app is reached on port $port, by itself from this machine only", ({ app, port }) => {
    expect(services[app].ports).toEqual([`${PUBLISHED}:${port}:${port}`]);
  });

  test("of the others Kafka, the mails, Prometheus and Grafana are reached, MongoDB is not", () => {
    const open = Object.keys(services).filter((name) => services[name].ports !== undefined);
    const others = ["kafka", "mail-catcher", "prometheus", "grafana"];
    expect(open.sort()).toEqual([...SERVICES.map(({ app }) => app), ...others].sort());
    for (const { ports } of Object.values(services)) {
      for (const port of ports ?? []) expect(port).toMatch(/^\$\{PUBLISH_ADDRESS:-127\.0\.0\.1\}:\d+:\d+$/);
    }
  });

  test("Kafka tells producers of this machine the address it is published at, and services its name", () => {
    for (const [name, broker] of listBrokers()) {
      const [port] = broker.ports;
      const listeners = Object.fromEntries(
        broker.environment.KAFKA_ADVERTISED_LISTENERS.split(",").map((one) => one.split("://")),
      );
      expect(listeners).toEqual({ INSIDE: `${name}:9092`, OUTSIDE: port.replace(/:9094$/, "") });
    }
  });

  test.each(["event-ingestor", "router", "dispatcher"])("%s is handed what it knows of traces", (app) => {
    const { schema } = SERVICES.find((service) => service.app === app);
    const known = listVariables(schema).map(({ name }) => name);
    const ofTraces = known.filter((name) => name.startsWith("TRACES") || name.startsWith("OTEL_"));
    // Off is what TRACES says.
    const handed = ofTraces.filter((name) => name !== "OTEL_SDK_DISABLED");
    expect(Object.keys(services[app].environment)).toEqual(expect.arrayContaining(handed));
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

  test("what is kept is on named volumes", () => {
    const keeping = ["kafka", "mongodb", "prometheus", "grafana"];
    const mounts = keeping
      .flatMap((name) => services[name].volumes)
      .filter((mount) => !mount.startsWith("./"));
    expect(mounts.map((mount) => mount.split(":")[0]).sort()).toEqual(Object.keys(volumes).sort());
  });
});

describe("monitoring", () => {
  const { scrape_configs: jobs, rule_files: rules } = readYaml("prometheus/prometheus.yml");

  test("Prometheus scrapes every service where it listens, and finds its rules", () => {
    const targets = jobs.flatMap((job) => job.static_configs).flatMap((config) => config.targets);
    expect(targets.sort()).toEqual(SERVICES.map(({ app, port }) => `${app}:${port}`).sort());
    expect(services.prometheus.volumes).toContain("./prometheus:/etc/prometheus:ro");
    expect(rules).toEqual(["/etc/prometheus/*.rules.yml"]);
  });

  test("Grafana finds Prometheus and the dashboards, and nobody can log in", () => {
    const { environment, volumes: mounts } = services.grafana;
    const [source] = readYaml("grafana/provisioning/datasources/prometheus.yml").datasources;
    expect(source.url).toBe("${PROMETHEUS_URL}");
    expect(environment.PROMETHEUS_URL).toBe("http://prometheus:9090");
    const [provider] = readYaml("grafana/provisioning/dashboards/hooklane.yml").providers;
    expect(mounts).toContain(`./grafana/dashboards:${provider.options.path}:ro`);
    const home = environment.GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH;
    expect(existsSync(join(infra, "grafana/dashboards", home.slice(provider.options.path.length)))).toBe(
      true,
    );
    expect(environment).toMatchObject({
      GF_AUTH_ANONYMOUS_ORG_ROLE: "Viewer",
      GF_AUTH_BASIC_ENABLED: "false",
      GF_AUTH_DISABLE_LOGIN_FORM: "true",
    });
  });

  test("images are of a version", () => {
    const images = Object.values(services).map(({ image }) => image);
    for (const image of images) expect(image).toMatch(/:(?:v?\d[\d.]+|\$\{HOOKLANE_VERSION:-local\})$/);
  });
});

describe("infra/docker-compose.three-brokers.yml", () => {
  const brokers = listBrokers();
  const addresses = brokers.map(([name]) => `${name}:9092`).join(",");

  test("three brokers elect among themselves, each with an id, an address and data of its own", () => {
    const ids = brokers.map(([, { environment }]) => environment.KAFKA_NODE_ID);
    const voters = brokers.map(([name], index) => `${ids[index]}@${name}:9093`).join(",");
    expect(new Set(ids).size).toBe(3);
    for (const [, { environment }] of brokers)
      expect(environment.KAFKA_CONTROLLER_QUORUM_VOTERS).toBe(voters);
    expect(new Set(brokers.flatMap(([, broker]) => broker.volumes)).size).toBe(3);
    expect(new Set(brokers.flatMap(([, broker]) => broker.ports)).size).toBe(3);
  });

  test("whoever speaks to Kafka knows all of them", () => {
    const speaking = Object.keys(services).filter((name) => services[name].environment?.KAFKA_BROKERS);
    for (const name of speaking)
      expect(threeBrokers.services[name].environment).toMatchObject({ KAFKA_BROKERS: addresses });
  });

  test("every record is on three and acknowledged by two, Kafka's own as ours", () => {
    for (const [, { environment }] of brokers) {
      for (const [name, value] of Object.entries(environment)) {
        if (name.endsWith("REPLICATION_FACTOR")) expect([name, value]).toEqual([name, "3"]);
        if (/MIN_(?:ISR|INSYNC_REPLICAS)$/.test(name)) expect([name, value]).toEqual([name, "2"]);
      }
    }
    const { environment, depends_on: waits } = threeBrokers.services.prepare;
    for (const topic of topicLayout(environment.TOPIC_SCALE))
      expect(topic).toMatchObject({ replicationFactor: 3, minInSyncReplicas: 2 });
    // With one of them missing, topics of three copies cannot be made.
    expect(Object.keys({ ...services.prepare.depends_on, ...waits })).toEqual(
      expect.arrayContaining(brokers.map(([name]) => name)),
    );
  });
});
