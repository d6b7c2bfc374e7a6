import { writeFileSync } from "node:fs";
import { renderDashboards } from "./all-dashboards.js";

const folder = new URL("../dashboards/", import.meta.url);
for (const { file, content } of renderDashboards()) writeFileSync(new URL(file, folder), content);
