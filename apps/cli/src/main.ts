import { createInterface } from "node:readline/promises";
import { text } from "node:stream/consumers";
import { run } from "./run.js";

const stop = new AbortController();
process.once("SIGINT", () => stop.abort());
process.once("SIGTERM", () => stop.abort());

// Whoever reads has enough (`hooklane … | head`).
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(0);
  throw error;
});

async function ask(question: string): Promise<string> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await lines.question(question, { signal: stop.signal });
  } finally {
    lines.close();
  }
}

process.exitCode = await run(process.argv.slice(2), {
  env: process.env,
  cwd: process.cwd(),
  signal: stop.signal,
  printError: (line) => console.error(line),
  terminal: {
    print: (line) => console.log(line),
    say: (line) => console.error(line),
    isInteractive: process.stdin.isTTY && process.stderr.isTTY,
    ask,
    readInput: () => text(process.stdin),
  },
});
