import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { findKubernetesSchemas, findModuleFiles, type SourceContext } from "@hooklane/local-stack";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import { parse } from "yaml";

/** A Kubernetes object, as far as every one is alike. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly labels?: Readonly<Record<string, string>> };
}

/** Says what is wrong with a manifest; nothing when it is right. Fields that its schema does not know are wrong. */
export type ManifestCheck = (manifest: Manifest) => readonly string[];

const CRD_MODULES = [
  {
    module: "github.com/kedacore/keda/v2",
    version: "v2.21.0",
    files: ["config/crd/bases/keda.sh_scaledobjects.yaml"],
  },
  {
    module: "github.com/prometheus-operator/prometheus-operator",
    version: "v0.85.0",
    files: [
      "example/prometheus-operator-crd/monitoring.coreos.com_servicemonitors.yaml",
      "example/prometheus-operator-crd/monitoring.coreos.com_prometheusrules.yaml",
    ],
  },
];

/**
 * Loads what manifests are held against, without a cluster: Kubernetes' own schemas, and those of the custom resources of
 * KEDA and the Prometheus Operator.
 *
 * @param kubernetes such as `1.37.0`
 */
export async function loadManifestCheck(kubernetes: string, context: SourceContext): Promise<ManifestCheck> {
  const folder = await findKubernetesSchemas(kubernetes, context);
  // Formats are Go's types, such as int32.
  const ajv = new Ajv2020({
    strict: false,
    allErrors: true,
    validateFormats: false,
    code: { regExp: goExpressions },
  });
  ajv.addSchema(readJson(join(folder, "_definitions.json")));
  const validators = await compileResources(ajv, context);
  return (manifest) => {
    const key = `${manifest.apiVersion}/${manifest.kind}`;
    const validate = validators.get(key) ?? compileOwn(ajv, folder, manifest);
    if (validate === undefined) return [`${key} is unknown to Kubernetes ${kubernetes}`];
    validators.set(key, validate);
    validate(manifest);
    return (validate.errors ?? []).map(
      ({ instancePath, message = "", params }) =>
        `${manifest.kind} ${manifest.metadata.name} ${instancePath} ${message} ${JSON.stringify(params)}`,
    );
  };
}

/** Patterns are Go's, whose flags stand in the pattern. */
const goExpressions = Object.assign(
  (pattern: string, flags: string) =>
    pattern.includes("(?i)")
      ? new RegExp(pattern.replace("(?i)", ""), `${flags}i`)
      : new RegExp(pattern, flags),
  { code: "new RegExp" },
);

/** `apps/v1`, `Deployment` lie in `deployment-apps-v1.json`; of `networking.k8s.io` only the first part counts. */
function compileOwn(
  ajv: Ajv2020,
  folder: string,
  { apiVersion, kind }: Manifest,
): ValidateFunction | undefined {
  const [version, group = ""] = apiVersion.split("/").reverse();
  const name = [kind.toLowerCase(), group.split(".")[0], version].filter(Boolean).join("-");
  const path = join(folder, `${name}.json`);
  return existsSync(path) ? ajv.compile(readJson(path)) : undefined;
}

/** The part of a CustomResourceDefinition that is used here. */
interface ResourceDefinition {
  readonly spec: {
    readonly group: string;
    readonly names: { readonly kind: string };
    readonly versions: readonly {
      readonly name: string;
      readonly schema: { readonly openAPIV3Schema: object };
    }[];
  };
}

async function compileResources(
  ajv: Ajv2020,
  context: SourceContext,
): Promise<Map<string, ValidateFunction>> {
  const compiled = new Map<string, ValidateFunction>();
  for (const module of CRD_MODULES) {
    for (const path of await findModuleFiles(module, context)) {
      const { spec } = parse(readFileSync(path, "utf8")) as ResourceDefinition;
      for (const { name, schema } of spec.versions) {
        const key = `${spec.group}/${name}/${spec.names.kind}`;
        compiled.set(key, ajv.compile(refuseUnknown(schema.openAPIV3Schema) as object));
      }
    }
  }
  return compiled;
}

/** An API server drops fields that a custom resource does not know without a word; here they are mistakes. */
function refuseUnknown(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(refuseUnknown);
  if (typeof schema !== "object" || schema === null) return schema;
  const closed: Record<string, unknown> = Object.fromEntries(
    Object.entries(schema).map(([key, value]) => [key, refuseUnknown(value)]),
  );
  const isOpen = "additionalProperties" in closed || closed["x-kubernetes-preserve-unknown-fields"] === true;
  return typeof closed.properties === "object" && closed.type === "object" && !isOpen
    ? { ...closed, additionalProperties: false }
    : closed;
}

const readJson = (path: string) => JSON.parse(readFileSync(path, "utf8")) as object;
