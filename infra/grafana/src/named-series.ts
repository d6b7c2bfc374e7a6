import { readFileSync } from "node:fs";

const infra = new URL("../../", import.meta.url);
const read = (file: string) => readFileSync(new URL(file, infra), "utf8");

interface Metric {
  readonly name: string;
  readonly type: string;
  readonly labels: readonly string[];
}

/** Prometheus's own: whether a target answers, and what fires. */
const BUILT_IN: readonly (readonly [string, readonly string[]])[] = [
  ["up", ["service", "instance", "job"]],
  ["ALERTS", ["alertname", "alertstate", "severity"]],
];

/** By name of the series: the labels it may be selected by. Of `infra/metrics.json` and the recording rules. */
function readKnown(): ReadonlyMap<string, readonly string[]> {
  const { processes, services } = JSON.parse(read("metrics.json")) as {
    readonly processes: readonly Metric[];
    readonly services: Readonly<Record<string, readonly Metric[]>>;
  };
  const known = new Map<string, readonly string[]>(BUILT_IN);
  for (const { name, type, labels } of [...processes, ...Object.values(services).flat()]) {
    const all = [...labels, "service", "instance", "job"];
    if (type !== "histogram") known.set(name, all);
    else {
      known.set(`${name}_bucket`, [...all, "le"]);
      for (const part of ["sum", "count"]) known.set(`${name}_${part}`, all);
    }
  }
  for (const [, name = ""] of read("prometheus/recording.rules.yml").matchAll(/record: (\S+)/g))
    known.set(name, []);
  return known;
}

/** The series of ours an expression names, each with the labels it selects them by. */
export function selectorsOf(
  expr: string,
): readonly { readonly name: string; readonly labels: readonly string[] }[] {
  const texts: string[] = [];
  const bare = expr
    // What stands in quotes names nothing.
    .replaceAll(/"(?:[^"\\]|\\.)*"/g, (text) => `"${texts.push(text)}"`)
    .replaceAll(/\[[^\]]*\]/g, "")
    .replaceAll(/\b(?:by|without|on|ignoring|group_left|group_right) ?\([^)]*\)/g, " ");
  return [
    ...bare.matchAll(/(?<![\w$:"])(hooklane[_:][\w:]*|nodejs_\w+|process_\w+|up|ALERTS)\b(?:\{([^}]*)\})?/g),
  ].map(([, name = "", braces = ""]) => ({
    name,
    labels: [...braces.matchAll(/(\w+)\s*(?:=~|!~|!=|=)/g)].map(([, label = ""]) => label),
  }));
}

/** What an expression names that does not exist: a series, or `series{label}`. */
export function findUnknown(expr: string): readonly string[] {
  const known = readKnown();
  return selectorsOf(expr).flatMap(({ name, labels }) => {
    const own = known.get(name);
    if (own === undefined) return [name];
    return labels.filter((label) => !own.includes(label)).map((label) => `${name}{${label}}`);
  });
}
