/** Exits 0 when the service of this container answers on `/healthz`. */
import { pathToFileURL } from "node:url";

/** The port each app takes by itself, and the variable that gives it another. */
export const APP_PORTS = {
  "subscription-api": { variable: "SUBSCRIPTION_API_PORT", standard: 4400 },
  "event-ingestor": { variable: "EVENT_INGESTOR_PORT", standard: 4401 },
  router: { variable: "ROUTER_PORT", standard: 4402 },
  dispatcher: { variable: "DISPATCHER_PORT", standard: 4403 },
  "health-monitor": { variable: "HEALTH_MONITOR_PORT", standard: 4404 },
  demo: { variable: "DEMO_PORT", standard: 4410 },
};

/** Below the time Docker gives the check, so that the reason is said here. */
const ANSWER_LIMIT_MS = 2_500;

async function check(env) {
  const { variable, standard } = APP_PORTS[env.HOOKLANE_APP];
  const url = `http://127.0.0.1:${env[variable] || standard}/healthz`;
  const response = await fetch(url, { signal: AbortSignal.timeout(ANSWER_LIMIT_MS) });
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) await check(process.env);
