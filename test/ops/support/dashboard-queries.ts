import { readdirSync, readFileSync } from "node:fs";
import { z } from "zod";

/** A query of a dashboard's panel. */
export interface PanelQuery {
  readonly dashboard: string;
  readonly panel: string;
  readonly question: string;
  /** As it stands in the file. */
  readonly expr: string;
}

const FOLDER = new URL("../../../infra/grafana/dashboards/", import.meta.url);

const dashboardParser = z.object({
  title: z.string(),
  panels: z.array(
    z.object({
      title: z.string(),
      description: z.string().default(""),
      targets: z.array(z.object({ expr: z.string() })).default([]),
    }),
  ),
});

/** Every query of every dashboard, as Grafana is given them. */
export function readPanelQueries(): readonly PanelQuery[] {
  return readdirSync(FOLDER).flatMap((file) => {
    const { title, panels } = dashboardParser.parse(JSON.parse(readFileSync(new URL(file, FOLDER), "utf8")));
    return panels.flatMap((panel) =>
      panel.targets.map(({ expr }) => ({
        dashboard: title,
        panel: panel.title,
        question: panel.description,
        expr,
      })),
    );
  });
}

/** What Grafana fills in: the shortest time over which a rate can be made. Here a scrape is every second. */
export const fillIn = (expr: string): string => expr.replaceAll("$__rate_interval", "30s");
