import { describe, expect, test } from "@jest/globals";
import { StackError } from "../stack-error.js";
import { firstAvailable, type Source } from "./first-available.js";

const wanted = { what: "Java", remedy: "install it" };

function source(name: string, found: boolean, asked: string[]): Source<string> {
  return {
    name,
    find: () => {
      asked.push(name);
      return Promise.resolve(
        found
          ? { kind: "found", value: name, detail: "release 21" }
          : { kind: "unavailable", reason: "not there" },
      );
    },
  };
}

describe("firstAvailable", () => {
  test("asks in order, stops at the first that has it, and names each", async () => {
    const [asked, said]: [string[], string[]] = [[], []];
    const sources = [source("a", false, asked), source("b", true, asked), source("c", true, asked)];
    expect(await firstAvailable(wanted, sources, (line) => said.push(line))).toBe("b");
    expect(asked).toEqual(["a", "b"]);
    expect(said).toEqual(["Java: a: not there", "Java: b, release 21"]);
  });

  test("with nothing available, one line says what to do", async () => {
    const none = firstAvailable(wanted, [source("a", false, [])], () => undefined);
    await expect(none).rejects.toThrow(
      new StackError("nothing_available", "Java is not to be had on this machine; install it"),
    );
  });
});
