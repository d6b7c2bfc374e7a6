import { join } from "node:path";
import { dispatcherPorts } from "./ports.mjs";

/** What a user needs to know once everything works; ends with the line that tools wait for (api.md §1). */
export function readyBlock({ ports, demo, dispatchers }, stack, stateDir) {
  const at = (port) => `http://127.0.0.1:${port}`;
  const rows = [
    ["API, console", at(ports.api)],
    ["API reference", `${at(ports.api)}/docs`],
    ["Send events to", `${at(ports.ingest)}/v1/events`],
    ["Router", at(ports.router)],
    ...dispatcherPorts(ports, dispatchers).map((port, index) => [
      dispatchers === 1 ? "Dispatcher" : `Dispatcher ${index + 1}`,
      at(port),
    ]),
    ["Health monitor", at(ports.health)],
    ...(demo ? [["Demo receiver, mails", at(ports.receiver)]] : []),
    ["Kafka", stack.kafkaBrokers],
    ["MongoDB", withoutPassword(stack.mongodbUri)],
    ...(stack.registryUrl === undefined ? [] : [["Schema registry", withoutPassword(stack.registryUrl)]]),
    ["Keys", join(stateDir, "demo.json")],
  ];
  const width = Math.max(...rows.map(([label]) => label.length));
  return ["", ...rows.map(([label, value]) => `  ${label.padEnd(width)}  ${value}`), "", "Hooklane is ready"];
}

/** Of a URL with a login: terminals are read over shoulders, and their lines kept. */
const withoutPassword = (url) => url.replace(/^([a-z+]+:\/\/[^:@/]*):[^@/]*@/, "$1:••••@");
