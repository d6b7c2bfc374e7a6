import { pathToFileURL } from "node:url";
import { parentPort, workerData } from "node:worker_threads";

const module = pathToFileURL(workerData.module);
const { play } = await import(module.href);
const { playScene } = await import(new URL("directed-scenes.js", module).href);
// A scene is told by its name.
parentPort.on("message", (seed) =>
  parentPort.postMessage(typeof seed === "string" ? { ...playScene(seed), seed } : play(seed)),
);
