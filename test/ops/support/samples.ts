import type { PanelQuery } from "./dashboard-queries.js";
import type { Sample } from "./prometheus.js";

const SERIES_SHOWN = 4;

/** docs/dashboards.md: each dashboard's panels, what they ask, and what came back. */
export function renderSamples(
  queries: readonly PanelQuery[],
  answersTo: (expr: string) => readonly Sample[],
): string {
  const titles = [...new Set(queries.map(({ dashboard }) => dashboard))];
  const sections = titles.map((title) => {
    const rows = queries
      .filter(({ dashboard }) => dashboard === title)
      .map(({ panel, question, expr }) => [panel, question, `\`${expr}\``, describe(answersTo(expr))]);
    return [`## ${title}`, "", ...toTable(["panel", "question", "query", "sample"], rows), ""];
  });
  return `${[...INTRODUCTION, ...sections.flat()].join("\n").trimEnd()}\n`;
}

const INTRODUCTION = [
  "# Dashboards",
  "",
  "What the dashboards of [infra/grafana](../infra/grafana/README.md) ask and what came back from a Prometheus that scraped the",
  "five services at work: `HOOKLANE_WRITE_SAMPLES=1 npm run test:ops -- test/ops/dashboards`. Rates are over 30 s.",
  "",
];

const toTable = (head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] =>
  [head, head.map(() => "-"), ...rows].map(
    (cells) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`,
  );

function describe(samples: readonly Sample[]): string {
  const known = samples.filter(({ value }) => !Number.isNaN(value));
  const shown = known.slice(0, SERIES_SHOWN).map(({ labels, value }) => {
    const named = Object.entries(labels)
      .filter(([label]) => !["__name__", "instance", "job"].includes(label))
      .map(([, each]) => each);
    return `${named.length > 0 ? `${named.join(" ")}: ` : ""}${Number(value.toPrecision(3))}`;
  });
  const left = known.length - shown.length;
  return [...shown, ...(left > 0 ? [`and ${left} more`] : [])].join("; ");
}
