/* eslint-disable @typescript-eslint/no-deprecated -- the schema that follows is read by Grafana 12 and later only */
import type { Builder } from "@grafana/grafana-foundation-sdk/cog";
import {
  type Dashboard,
  DashboardBuilder,
  DashboardCursorSync,
  DatasourceVariableBuilder,
  type Panel,
  RowBuilder,
} from "@grafana/grafana-foundation-sdk/dashboard";

/** Panels that are looked at together. */
interface Row {
  readonly title: string;
  readonly panels: readonly Builder<Panel>[];
}

/** A dashboard, as its file states it. */
export interface DashboardInput {
  /** Of its address, and the name of its file. */
  readonly uid: string;
  readonly title: string;
  readonly description: string;
  readonly rows: readonly Row[];
}

/** What all dashboards have alike: the choice of the Prometheus, the last hour, a refresh, one crosshair. */
export function toDashboard({ uid, title, description, rows }: DashboardInput): Dashboard {
  const dashboard = new DashboardBuilder(`Hooklane / ${title}`)
    .uid(uid)
    .description(description)
    .tags(["hooklane"])
    .readonly()
    .timezone("browser")
    .tooltip(DashboardCursorSync.Crosshair)
    .refresh("30s")
    .time({ from: "now-1h", to: "now" })
    .withVariable(new DatasourceVariableBuilder("datasource").label("Prometheus").type("prometheus"));
  for (const row of rows) {
    dashboard.withRow(new RowBuilder(row.title));
    for (const panel of row.panels) dashboard.withPanel(panel);
  }
  const built = dashboard.build();
  return { ...built, panels: (built.panels ?? []).map((panel, index) => ({ ...panel, id: index + 1 })) };
}
