import type { Manifest } from "../support/manifest-schemas.js";

/** A variable of a container: a value, or a key of a Secret. */
interface ContainerVariable {
  readonly name: string;
  readonly value?: string;
  readonly valueFrom?: { readonly secretKeyRef: { readonly name: string; readonly key: string } };
}

interface Probe {
  readonly httpGet: { readonly path: string; readonly port: string };
  readonly periodSeconds: number;
  readonly failureThreshold: number;
}

/** A container, as this chart makes it. */
export interface Container {
  readonly name: string;
  readonly env: readonly ContainerVariable[];
  readonly command?: readonly string[];
  readonly ports?: readonly { readonly name: string; readonly containerPort: number }[];
  readonly securityContext: Readonly<Record<string, unknown>>;
  readonly resources: {
    readonly limits: Record<string, unknown>;
    readonly requests: Record<string, unknown>;
  };
  readonly startupProbe: Probe;
  readonly livenessProbe: Probe;
  readonly readinessProbe: Probe;
  readonly lifecycle?: {
    readonly preStop: { readonly exec: { readonly command: readonly [string, string] } };
  };
  readonly volumeMounts?: readonly { readonly name: string; readonly mountPath: string }[];
}

/** A pod, as this chart makes it. */
export interface Pod {
  readonly serviceAccountName?: string;
  readonly automountServiceAccountToken: boolean;
  readonly enableServiceLinks: boolean;
  readonly terminationGracePeriodSeconds?: number;
  readonly securityContext: Readonly<Record<string, unknown>>;
  readonly containers: readonly [Container];
  readonly volumes?: readonly { readonly name: string; readonly secret: { readonly secretName: string } }[];
}

interface PodTemplate {
  readonly template: { readonly spec: Pod };
}

/** A Deployment, Job or CronJob. */
export interface Workload extends Manifest {
  readonly spec: PodTemplate | { readonly jobTemplate: { readonly spec: PodTemplate } };
}

/** What runs pods. */
export function listWorkloads(manifests: readonly Manifest[]): readonly Workload[] {
  return manifests.filter(({ kind }) => ["Deployment", "Job", "CronJob"].includes(kind)) as Workload[];
}

export function podOf({ spec }: Workload): Pod {
  return "jobTemplate" in spec ? spec.jobTemplate.spec.template.spec : spec.template.spec;
}

/** The object of a kind that belongs to a component. */
export function find(manifests: readonly Manifest[], kind: string, component: string): Manifest {
  const found = manifests.find(
    (manifest) =>
      manifest.kind === kind && manifest.metadata.labels?.["app.kubernetes.io/component"] === component,
  );
  if (found === undefined) throw new Error(`There is no ${kind} of ${component}`);
  return found;
}

/** The pod of a service. */
export const podOfService = (manifests: readonly Manifest[], component: string): Pod =>
  podOf(find(manifests, "Deployment", component) as Workload);
