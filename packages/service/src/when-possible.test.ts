import { expect, test } from "@jest/globals";
import { createLogger } from "./logger.js";
import { StartupError } from "./startup-error.js";
import { whenPossible } from "./when-possible.js";

test("a dependency that is away is waited for, named in the log, and given up when the service stops", async () => {
  const lines: string[] = [];
  const logger = createLogger("test", "warn", { write: (line: string) => void lines.push(line) });
  const stop = new AbortController();
  let calls = 0;
  const opened = await whenPossible({ signal: stop.signal, logger }, "open_store", () =>
    ++calls < 3 ? Promise.reject(new Error("refused")) : Promise.resolve("a store"),
  );
  expect(opened).toBe("a store");
  expect(lines.map((line) => JSON.parse(line) as object)).toEqual([
    expect.objectContaining({
      msg: "service.dependency_unavailable",
      purpose: "open_store",
      attempt: 1,
    }),
    expect.objectContaining({ attempt: 2 }),
  ]);
  const waiting = whenPossible({ signal: stop.signal, logger }, "open_store", () => {
    stop.abort(new Error("The service stops"));
    return Promise.reject(new Error("refused"));
  });
  await expect(waiting).rejects.toThrow("The service stops");
});

test("what waiting does not mend ends the start at once, with the remedy", async () => {
  const lines: string[] = [];
  const logger = createLogger("test", "warn", { write: (line: string) => void lines.push(line) });
  const refused = Object.assign(new Error("MongoDB refuses the password"), {
    remedy: "set it\nor make the user",
  });
  const { signal } = new AbortController();
  const waiting = whenPossible({ signal, logger }, "open_store", () => Promise.reject(refused));
  await expect(waiting).rejects.toEqual(
    new StartupError("MongoDB refuses the password\n  set it\n  or make the user"),
  );
  expect(lines).toEqual([]);
});
