/**
 * `@jest/globals` for tests in Node's own modules. They are bound anew for each test file: a helper that several files of a
 * worker import is evaluated once, and has to mean the file that runs.
 */
export let afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest, test;

/** Called with what jest gives a test file, before that is imported. */
export function setGlobals(globals) {
  ({ afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest, test } = globals);
}
