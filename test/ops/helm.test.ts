import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { findHelm } from "@hooklane/local-stack";
import { topicLayout } from "@hooklane/kafka";
import { commonConfig, kafkaConfig, loadConfig } from "@hooklane/service";
import { beforeAll, describe, expect, jest, test } from "@jest/globals";
import { parse } from "yaml";
import { Chart, chartDir, KUBERNETES, VALUE_SETS, type ValueSet } from "./helm/chart.js";
import { find, listWorkloads, podOf, podOfService, type Container, type Workload } from "./helm/pods.js";
import { SERVICES } from "./helm/services.js";
import { describeWrongValues } from "./helm/wrong-values.js";
import { loadManifestCheck, type Manifest, type ManifestCheck } from "./support/manifest-schemas.js";
import { toolContext, TOOLS_LIMIT_MS } from "./support/tool-context.js";

jest.setTimeout(60_000);

/** `RENEW_GOLDEN=1` writes what is rendered, to be read and committed. */
const isRenewing = process.env.RENEW_GOLDEN === "1";
const infra = join(chartDir, "../..");

let chart: Chart;
const rendered = new Map<ValueSet, readonly Manifest[]>();
const manifestsOf = (set: ValueSet) => rendered.get(set)!;
const checks = new Map<string, ManifestCheck>();

const findFaults = (manifests: readonly Manifest[], kubernetes: string) =>
  manifests.map((manifest) => checks.get(kubernetes)!(manifest));

beforeAll(async () => {
  if (isRenewing) copyRules();
  chart = new Chart(await findHelm(toolContext));
  for (const set of VALUE_SETS) rendered.set(set, await chart.manifests(set));
  for (const version of KUBERNETES) checks.set(version, await loadManifestCheck(version, toolContext));
}, TOOLS_LIMIT_MS);

/** The rules have a test of their own. */
const withoutRules = (text: string) =>
  text
    .split(/^(?=---$)/m)
    .filter((document) => !document.includes("kind: PrometheusRule"))
    .join("");

describe.each(VALUE_SETS)("with the values %s, the chart", (set) => {
  test("has nothing that Helm's strict lint finds", async () => {
    expect(await chart.lint(set)).toMatchObject({ code: 0 });
  });

  test("renders what is committed (RENEW_GOLDEN=1 writes it anew)", async () => {
    const path = join(import.meta.dirname, "helm/golden", `${set}.yaml`);
    const output = withoutRules((await chart.render(set)).output);
    if (isRenewing) writeFileSync(path, output);
    expect(output).toBe(readFileSync(path, "utf8"));
  });

  test.each(KUBERNETES)("is right by the schemas of Kubernetes %s and of custom resources", (version) => {
    expect(findFaults(manifestsOf(set), version).flat()).toEqual([]);
  });

  test("names Secrets, and holds no secret", () => {
    expect(manifestsOf(set).filter(({ kind }) => kind === "Secret")).toEqual([]);
    const secrets = new Set(
      SERVICES.flatMap(({ variables }) => variables).flatMap(({ name, secret }) => (secret ? [name] : [])),
    );
    const given = listWorkloads(manifestsOf(set)).flatMap((workload) => podOf(workload).containers[0].env);
    for (const { name, value, valueFrom } of given) {
      if (!secrets.has(name)) continue;
      expect({ name, value }).toEqual({ name, value: undefined });
      expect(valueFrom?.secretKeyRef.name).not.toBe("");
    }
  });

  test("gives its pods no privileges and no token", () => {
    const workloads = listWorkloads(manifestsOf(set));
    expect(workloads.length).toBeGreaterThanOrEqual(SERVICES.length + 1);
    for (const workload of workloads) {
      const pod = podOf(workload);
      expect(pod).toMatchObject({
        automountServiceAccountToken: false,
        enableServiceLinks: false,
        securityContext: { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: "RuntimeDefault" } },
      });
      expect(pod.containers).toHaveLength(1);
      expect(pod.containers[0]).toMatchObject({
        securityContext: {
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ["ALL"] },
        },
        resources: { limits: { memory: expect.anything() }, requests: { cpu: expect.anything() } },
      });
    }
    for (const account of manifestsOf(set).filter(({ kind }) => kind === "ServiceAccount"))
      expect(account).toMatchObject({ automountServiceAccountToken: false });
  });
});

/** Stand-ins for what comes out of Secrets. */
const SECRET_VALUES: Readonly<Record<string, string>> = {
  MONGODB_URI: "mongodb://user:password@mongodb:27017/?replicaSet=rs0",
  OPERATOR_KEY: "operator-key-of-the-test",
  HOOKLANE_SECRETS_KEYS: `k1:${Buffer.alloc(32, 1).toString("base64")}`,
  SMTP_URL: "smtp://mail:25",
  SCHEMA_REGISTRY_URL: "http://registry:8081",
  KAFKA_SASL_USERNAME: "hooklane",
  KAFKA_SASL_PASSWORD: "password",
};

interface NetworkPolicy extends Manifest {
  readonly spec: { readonly egress: readonly object[] };
}

const environmentOf = ({ env }: Container) =>
  Object.fromEntries(env.map(({ name, value }) => [name, value ?? SECRET_VALUES[name]]));

describe.each(SERVICES)("$component", ({ key, component, schema, variables, port }) => {
  test.each(VALUE_SETS)(
    "knows every variable it is given, and is given every one it requires (%s)",
    (set) => {
      const given = podOfService(manifestsOf(set), component).containers[0].env.map(({ name }) => name);
      expect(variables.map(({ name }) => name)).toEqual(expect.arrayContaining(given));
      expect(new Set(given).size).toBe(given.length);
      const required = variables.flatMap(({ name, required }) => (required ? [name] : []));
      expect(given).toEqual(expect.arrayContaining(required));
    },
  );

  // The files of the third set are in the pod only.
  test.each(["minimal", "everything"] as const)("starts with the values %s", (set) => {
    const [container] = podOfService(manifestsOf(set), component).containers;
    expect(() => loadConfig(schema, environmentOf(container))).not.toThrow();
  });

  test("is given by `env` what the chart does not set, and nothing else", () => {
    const valuesSchema = JSON.parse(readFileSync(join(chartDir, "values.schema.json"), "utf8")) as {
      readonly properties: Record<string, { properties: { env: { properties: Record<string, unknown> } } }>;
    };
    const free = Object.keys(valuesSchema.properties[key]!.properties.env.properties);
    const set = VALUE_SETS.flatMap((name) => podOfService(manifestsOf(name), component).containers[0].env)
      .map(({ name }) => name)
      .filter((name) => !free.includes(name));
    const all = variables.map(({ name }) => name).filter((name) => !name.endsWith("_PORT"));
    expect([...new Set([...set, ...free])].sort()).toEqual(all.sort());
  });

  test("is asked where it listens: alive while it waits for others, ready when they are there", () => {
    const [container] = podOfService(manifestsOf("minimal"), component).containers;
    expect(container.ports).toEqual([{ name: "http", containerPort: port }]);
    expect(container.startupProbe.httpGet).toEqual({ path: "/healthz", port: "http" });
    expect(container.livenessProbe.httpGet).toEqual({ path: "/healthz", port: "http" });
    expect(container.readinessProbe.httpGet).toEqual({ path: "/readyz", port: "http" });
    expect(find(manifestsOf("minimal"), "Service", component)).toMatchObject({
      spec: { ports: [{ port, targetPort: "http" }] },
    });
  });

  test("has time to stop in order", () => {
    const pod = podOfService(manifestsOf("minimal"), component);
    const before = Number(pod.containers[0].lifecycle?.preStop.exec.command[1] ?? 0);
    // runService ends a stop after 10 s.
    expect(pod.terminationGracePeriodSeconds).toBeGreaterThanOrEqual(before + 10 + 5);
  });

  test("may go out to the internet only if it sends to addresses that users name", () => {
    const isSender = variables.some(({ name }) => name === "HOOKLANE_DESTINATION_ALLOW");
    const policy = find(manifestsOf("minimal"), "NetworkPolicy", component) as NetworkPolicy;
    expect(policy.spec.egress.some((rule) => !("ports" in rule))).toBe(isSender);
  });
});

test.each(KUBERNETES)("what a manifest has too much is found by the schemas of Kubernetes %s", (version) => {
  const spoilt = manifestsOf("everything")
    .filter((manifest) => "spec" in manifest)
    .map((manifest) => ({ ...manifest, spec: { ...(manifest.spec as object), replcas: 1 } }));
  expect(spoilt.length).toBeGreaterThan(20);
  const found = findFaults(spoilt, version);
  expect(found.filter((faults) => !faults.join().includes("replcas"))).toEqual([]);
});

describe("the jobs", () => {
  test("that makes the topics runs before everything else, and is given what it reads for Kafka", () => {
    for (const set of VALUE_SETS) {
      const job = find(manifestsOf(set), "Job", "topics");
      expect(job.metadata).toMatchObject({ annotations: { "helm.sh/hook": "pre-install,pre-upgrade" } });
      const [{ command, env }] = podOf(listWorkloads([job])[0]!).containers;
      expect(command?.slice(0, 2)).toEqual(["node", "/app/infra/docker/create-topics.mjs"]);
      const known = [...Object.keys(kafkaConfig), "HOOKLANE_TOPIC_PREFIX"];
      expect(known).toEqual(expect.arrayContaining(env.map(({ name }) => name)));
      expect(env.map(({ name }) => name)).toEqual(
        expect.arrayContaining(["KAFKA_BROKERS", "HOOKLANE_TOPIC_PREFIX"]),
      );
    }
    expect(Object.keys(commonConfig)).toContain("HOOKLANE_TOPIC_PREFIX");
  });

  test("that readies the database runs before the services of its release are replaced, with what they have for MongoDB", () => {
    for (const set of VALUE_SETS) {
      const job = find(manifestsOf(set), "Job", "migrate");
      expect(job.metadata).toMatchObject({
        annotations: { "helm.sh/hook": "pre-install,pre-upgrade", "helm.sh/hook-weight": "1" },
      });
      const [{ command, env }] = podOf(listWorkloads([job])[0]!).containers;
      expect(command).toEqual(["node", "/app/infra/docker/migrate.mjs"]);
      expect(env.map(({ name }) => name)).toEqual(["MONGODB_URI", "MONGODB_DATABASE"]);
    }
  });

  test("run scripts that the image has", () => {
    const dockerfile = readFileSync(join(infra, "docker/Dockerfile"), "utf8");
    const scripts = VALUE_SETS.flatMap((set) => listWorkloads(manifestsOf(set)))
      .flatMap((workload) => podOf(workload).containers[0].command ?? [])
      .filter((argument) => argument.endsWith(".mjs"));
    expect(scripts.length).toBeGreaterThanOrEqual(VALUE_SETS.length);
    for (const script of scripts) {
      const inRepository = script.replace(/^\/app\//, "");
      expect(dockerfile).toContain(inRepository);
      expect(existsSync(join(infra, "..", inRepository))).toBe(true);
    }
  });

  test("of maintenance never run by themselves", () => {
    const jobs = manifestsOf("minimal").filter(({ kind }) => kind === "CronJob");
    expect(jobs.map(({ metadata }) => metadata.name)).toEqual([
      "hooklane-rotate-secrets-key",
      "hooklane-add-partitions",
    ]);
    for (const job of jobs) expect(job).toMatchObject({ spec: { suspend: true } });
  });

  test("that adds partitions makes as many as the values say", () => {
    const [{ command }] = podOf(
      find(manifestsOf("everything"), "CronJob", "add-partitions") as Workload,
    ).containers;
    expect(command?.slice(2)).toEqual(["--deliveries=96", "--events=32"]);
  });
});

interface ScaledObject extends Manifest {
  readonly spec: {
    readonly maxReplicaCount: number;
    readonly triggers: readonly {
      readonly metadata: { readonly query: string; readonly ignoreNullValues: string };
    }[];
  };
}

describe("scaling", () => {
  test("asks for metrics that the service itself has", () => {
    const { services } = JSON.parse(readFileSync(join(infra, "metrics.json"), "utf8")) as {
      readonly services: Record<string, readonly { readonly name: string }[]>;
    };
    const scaled = manifestsOf("everything").filter(({ kind }) => kind === "ScaledObject") as ScaledObject[];
    expect(scaled).toHaveLength(4);
    for (const { metadata, spec } of scaled) {
      const own = services[metadata.labels!["app.kubernetes.io/component"]!]!.map(({ name }) => name);
      for (const { metadata: trigger } of spec.triggers) {
        expect(own).toContain(/hooklane_\w+/.exec(trigger.query)?.[0]);
        expect(trigger.query).toContain('{namespace="hooks"}');
        // Nothing known is not nothing to do.
        expect(trigger.ignoreNullValues).toBe("false");
      }
    }
  });

  test("and fixed numbers are apart: what is scaled has no number of its own", () => {
    const withNumber = (set: ValueSet) =>
      listWorkloads(manifestsOf(set)).filter(({ spec }) => "replicas" in spec).length;
    expect(withNumber("minimal")).toBe(5);
    expect(withNumber("everything")).toBe(1);
  });

  test.each(["production", "local"] as const)(
    "stops at the partitions the topics are made with: %s",
    async (scale) => {
      for (const [key, topic] of [
        ["router", "events"],
        ["dispatcher", "deliveries"],
        ["healthMonitor", "attempts"],
      ] as const) {
        const partitions = topicLayout(scale).find(({ name }) => name.includes(topic))!.partitions;
        const ask = (replicas: number) =>
          chart.render("minimal", ["--set", `topics.scale=${scale},${key}.replicas=${replicas}`]);
        expect(await ask(partitions)).toMatchObject({ code: 0 });
        const refused = await ask(partitions + 1);
        expect(refused.code).toBe(1);
        expect(refused.faults).toContain(
          `${key}.replicas is ${partitions + 1}, but ${topic}.v1 has ${partitions} partitions`,
        );
      }
    },
  );
});

describeWrongValues(() => chart);

/** Rules of infra/prometheus, and their copies: a chart holds nothing from outside of its folder. */
const ruleFolders = { own: join(infra, "prometheus"), carried: join(chartDir, "files") };
const readRules = (folder: string) =>
  readdirSync(folder)
    .filter((name) => name.endsWith(".rules.yml"))
    .sort()
    .map((name) => ({ name, text: readFileSync(join(folder, name), "utf8") }));

function copyRules(): void {
  for (const { name, text } of readRules(ruleFolders.own))
    writeFileSync(join(ruleFolders.carried, name), text);
}

test("the rules of infra/prometheus are in the chart as they are (RENEW_GOLDEN=1 copies them)", () => {
  const own = readRules(ruleFolders.own);
  expect(own.length).toBeGreaterThan(0);
  expect(readRules(ruleFolders.carried)).toEqual(own);
  const groups = own.flatMap(({ text }) => (parse(text) as { readonly groups: readonly unknown[] }).groups);
  expect(find(manifestsOf("everything"), "PrometheusRule", "metrics")).toMatchObject({ spec: { groups } });
});

test("every view of the console can be opened from outside by its address", () => {
  const router = readFileSync(join(infra, "../apps/console/src/router.tsx"), "utf8");
  const views = [...router.matchAll(/^\s*path: "(\/[^/"]*)/gm)].map(([, first]) => first!);
  expect(views.length).toBeGreaterThan(4);
  const { ingress } = parse(readFileSync(join(chartDir, "values.yaml"), "utf8")) as {
    readonly ingress: { readonly subscriptionApi: { readonly paths: readonly string[] } };
  };
  expect(ingress.subscriptionApi.paths).toEqual(expect.arrayContaining([...new Set(views)]));
});
