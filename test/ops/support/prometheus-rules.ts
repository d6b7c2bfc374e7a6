import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";
import { z } from "zod";

/** Where the rules are that Prometheus is given. */
export const PROMETHEUS_DIR = fileURLToPath(new URL("../../../infra/prometheus/", import.meta.url));

const groupsParser = z.object({
  groups: z.array(
    z.object({
      name: z.string(),
      rules: z.array(
        z.object({
          alert: z.string().optional(),
          record: z.string().optional(),
          expr: z.string(),
          labels: z.record(z.string(), z.string()).default({}),
          annotations: z.record(z.string(), z.string()).default({}),
        }),
      ),
    }),
  ),
});

export type Rule = z.output<typeof groupsParser>["groups"][number]["rules"][number];

/** The rules of a file of `infra/prometheus`, in order. */
export function readRules(file: "alerts.rules.yml" | "recording.rules.yml"): readonly Rule[] {
  const text = readFileSync(`${PROMETHEUS_DIR}${file}`, "utf8");
  return groupsParser.parse(parse(text)).groups.flatMap(({ rules }) => rules);
}
