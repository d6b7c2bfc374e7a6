import { join } from "node:path";
import { parseAllDocuments } from "yaml";
import { runToEnd, type Ended } from "../support/run-to-end.js";
import type { Manifest } from "../support/manifest-schemas.js";

const root = join(import.meta.dirname, "../../..");

/** The chart. */
export const chartDir = join(root, "infra/helm/hooklane");

/** The oldest Kubernetes the chart takes, and the newest it is held against. */
export const KUBERNETES = ["1.27.0", "1.37.0"] as const;

/** The sets of values that are rendered as a whole; in the chart's folder `ci`. */
export const VALUE_SETS = ["minimal", "everything", "tls-sasl"] as const;
export type ValueSet = (typeof VALUE_SETS)[number];

/** Runs Helm on the chart. A Helm that Go built does not know of a Kubernetes, so it is told one. */
export class Chart {
  constructor(private readonly helm: string) {}

  /** `helm template` with a value set and more, such as `["--set", "topics.create=false"]`. */
  render(
    set: ValueSet | undefined,
    more: readonly string[] = [],
    kubernetes: string = KUBERNETES[1],
  ): Promise<Ended> {
    return this.#run(
      "template",
      "hooklane",
      chartDir,
      "-n",
      "hooks",
      "--kube-version",
      kubernetes,
      ...valuesOf(set),
      ...more,
    );
  }

  /** What {@link render} makes, which has to succeed. */
  async manifests(set: ValueSet, more: readonly string[] = []): Promise<readonly Manifest[]> {
    const { code, output, faults } = await this.render(set, more);
    if (code !== 0) throw new Error(faults);
    return parseManifests(output);
  }

  lint(set: ValueSet): Promise<Ended> {
    return this.#run("lint", "--strict", "--kube-version", KUBERNETES[1], chartDir, ...valuesOf(set));
  }

  #run(...args: readonly string[]): Promise<Ended> {
    return runToEnd(this.helm, args);
  }
}

const valuesOf = (set: ValueSet | undefined): readonly string[] =>
  set === undefined ? [] : ["-f", join(chartDir, "ci", `${set}-values.yaml`)];

/** Documents that hold nothing but comments are left out. */
function parseManifests(text: string): readonly Manifest[] {
  return parseAllDocuments(text)
    .map((document) => {
      if (document.errors.length > 0) throw new Error(document.errors.join("\n"));
      return document.toJS() as Manifest | null;
    })
    .filter((manifest) => manifest !== null);
}
