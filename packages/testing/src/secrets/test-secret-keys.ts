import { createSecretKey } from "node:crypto";

const BYTES = Buffer.alloc(32, "a key for tests, known to anybody");

/** A value of `HOOKLANE_SECRETS_KEYS`: services and repositories of one test seal with the same key. */
export const TEST_SECRETS_KEYS = `test:${BYTES.toString("base64")}`;

/** The same, as a store takes it. */
export const testSecretKeys = [{ id: "test", key: createSecretKey(BYTES) }] as const;
