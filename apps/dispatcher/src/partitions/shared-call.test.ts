import { expect, test } from "@jest/globals";
import { SharedCall } from "./shared-call.js";

/** A call that is answered by hand. */
function open() {
  const answers: { resolve: (value: number) => void; reject: (error: Error) => void }[] = [];
  const shared = new SharedCall(
    () => new Promise<number>((resolve, reject) => answers.push({ resolve, reject })),
  );
  return { shared, answers };
}

test("who asks while a call runs gets the answer of one that began later, together with the others", async () => {
  const { shared, answers } = open();
  const first = shared.ask();
  const others = [shared.ask(), shared.ask()];
  expect(answers).toHaveLength(1);
  answers[0]!.resolve(1);
  await expect(first).resolves.toBe(1);
  while (answers.length < 2) await Promise.resolve();
  answers[1]!.resolve(2);
  await expect(Promise.all(others)).resolves.toEqual([2, 2]);
  expect(answers).toHaveLength(2);
});

test("a call that fails fails only for those who asked before it began", async () => {
  const { shared, answers } = open();
  const first = shared.ask();
  const second = shared.ask();
  answers[0]!.reject(new Error("away"));
  await expect(first).rejects.toThrow("away");
  while (answers.length < 2) await Promise.resolve();
  answers[1]!.resolve(2);
  await expect(second).resolves.toBe(2);
});
