import { describe, expect, test } from "@jest/globals";
import {
  LIVE_SECRETS_MAX,
  publicKeysOf,
  rotateSecrets,
  signatureSchemeOf,
  type SigningSecret,
} from "./secret-rotation.js";

const HOUR_MS = 3_600_000;
const at = (hours: number) => new Date(hours * HOUR_MS);
const first: SigningSecret = { value: "a", createdAt: at(0) };

/** The secrets after rotations at these hours, each with its overlap in hours. */
function rotated(secrets: readonly SigningSecret[], value: string, hour: number, overlap: number) {
  const rotation = rotateSecrets(secrets, { value }, at(hour), overlap * HOUR_MS);
  if (rotation.kind !== "rotated") throw new Error(`too many until ${rotation.until.toISOString()}`);
  return rotation.secrets;
}

describe("a rotation", () => {
  test("puts the new secret in front, and lets the one before sign until the overlap is over", () => {
    expect(rotated([first], "b", 10, 24)).toEqual([
      { value: "b", createdAt: at(10) },
      { value: "a", createdAt: at(0), expiresAt: at(34) },
    ]);
  });

  test("without an overlap leaves the new one only, whatever older ones were promised", () => {
    const two = rotated([first], "b", 10, 24);
    expect(rotated(two, "c", 11, 0)).toEqual([{ value: "c", createdAt: at(11) }]);
  });

  test("keeps the time older ones were given, and drops what has expired", () => {
    const two = rotated([first], "b", 10, 24);
    expect(rotated(two, "c", 12, 1).map(({ value, expiresAt }) => [value, expiresAt])).toEqual([
      ["c", undefined],
      ["b", at(13)],
      ["a", at(34)],
    ]);
    expect(rotated(two, "c", 34, 1).map(({ value }) => value)).toEqual(["c", "b"]);
  });

  test("is refused when too many would sign, and tells when it can be", () => {
    let secrets: readonly SigningSecret[] = [first];
    for (let index = 1; index < LIVE_SECRETS_MAX; index++)
      secrets = rotated(secrets, "x", index, 100 - index * 10);
    expect(rotateSecrets(secrets, { value: "y" }, at(5), HOUR_MS)).toEqual({
      kind: "too_many",
      until: at(82),
    });
    expect(rotated(secrets, "y", 82, 1)).toHaveLength(LIVE_SECRETS_MAX);
    expect(rotated(secrets, "y", 5, 0)).toHaveLength(1);
  });
});

describe("a rotation to a key pair", () => {
  const pair = { value: "whsk_b", publicKey: "whpk_b" };
  const rotation = rotateSecrets([first], pair, at(10), 24 * HOUR_MS);
  const secrets = rotation.kind === "rotated" ? rotation.secrets : [];

  test("changes the scheme, and the secret before still signs until its end", () => {
    expect([signatureSchemeOf([first]), signatureSchemeOf(secrets)]).toEqual(["hmac-sha256", "ed25519"]);
    expect(secrets).toEqual([
      { ...pair, createdAt: at(10) },
      { value: "a", createdAt: at(0), expiresAt: at(34) },
    ]);
  });

  test("shows its public key, after the next rotation until it ends, and not a moment longer", () => {
    expect(publicKeysOf(secrets, at(11))).toEqual([{ key: "whpk_b" }]);
    const back = rotated(secrets, "c", 12, 24);
    expect(signatureSchemeOf(back)).toBe("hmac-sha256");
    expect(publicKeysOf(back, at(35))).toEqual([{ key: "whpk_b", expiresAt: at(36) }]);
    expect(publicKeysOf(back, at(36))).toEqual([]);
  });
});
