import { type DashboardInput, toDashboard } from "./dashboard.js";
import { endpoints } from "./dashboards/endpoints.js";
import { kafka } from "./dashboards/kafka.js";
import { lanes } from "./dashboards/lanes.js";
import { overview } from "./dashboards/overview.js";
import { processes } from "./dashboards/processes.js";
import { sharedRule } from "./dashboards/shared-rule.js";

const ALL: readonly DashboardInput[] = [overview, lanes, endpoints, sharedRule, kafka, processes];

/** The files Grafana is given: name and content. */
export function renderDashboards(): readonly { readonly file: string; readonly content: string }[] {
  return ALL.map((input) => ({
    file: `${input.uid}.json`,
    content: `${JSON.stringify(toDashboard(input), null, 2)}\n`,
  }));
}
