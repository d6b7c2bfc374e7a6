import { describe, expect, test } from "@jest/globals";
import { EgressWatch } from "./egress-watch.js";

const origins = (count: number) => Array.from({ length: count }, (_, n) => `http://10.0.0.${n}`);

describe("our way out", () => {
  test("is in doubt when more than half of 20 origins fail within seconds", () => {
    const watch = new EgressWatch();
    const verdicts = origins(20).map((origin, n) => watch.onNoAnswer(origin, n * 110));
    expect(verdicts.indexOf(true)).toBe(19);
  });

  test("is not in doubt over fewer origins, however often they fail", () => {
    const watch = new EgressWatch();
    for (let round = 0; round < 40; round++)
      for (const origin of origins(19)) expect(watch.onNoAnswer(origin, round * 120)).toBe(false);
  });

  test("is not in doubt when half of them answer, whatever they say", () => {
    const watch = new EgressWatch();
    for (let round = 0; round < 20; round++) {
      origins(40).forEach((origin, n) => {
        if (n % 2 === 0) watch.onAnswer(origin, round * 120);
        else expect(watch.onNoAnswer(origin, round * 120)).toBe(false);
      });
    }
  });

  test("failures spread over minutes cast no doubt", () => {
    const watch = new EgressWatch();
    origins(100).forEach((origin, n) => expect(watch.onNoAnswer(origin, n * 1_000)).toBe(false));
  });

  test("is trusted again when answers come", () => {
    const watch = new EgressWatch();
    for (const origin of origins(30)) watch.onNoAnswer(origin, 0);
    expect(watch.onNoAnswer("http://x", 200)).toBe(true);
    for (const origin of origins(30)) watch.onAnswer(origin, 1_000);
    expect(watch.onNoAnswer("http://x", 1_200)).toBe(false);
  });
});
