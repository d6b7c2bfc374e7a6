import { generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { Webhook } from "standardwebhooks";
import { verify, type VerificationFault, WebhookVerificationError } from "./verify.js";

/**
 * The Standard Webhooks library knows no `v1a`, so what the specification says is written out here with node:crypto:
 * `v1a,` and base64 of the Ed25519 signature of `id.timestamp.payload`; keys are base64 behind their prefix.
 */
const NOW = new Date("2026-11-23T12:00:00Z");
const NOW_S = NOW.getTime() / 1_000;

interface Pair {
  readonly privateKey: KeyObject;
  /** `whpk_…`. */
  readonly publicKey: string;
}

function newPair(): Pair {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  // The last 32 bytes of the DER form are the key itself (RFC 8410 §4).
  const raw = publicKey.export({ type: "spki", format: "der" }).subarray(-32);
  return { privateKey, publicKey: `whpk_${raw.toString("base64")}` };
}

const toEntry = (pair: Pair, payload: Uint8Array, id = "msg_1") =>
  `v1a,${sign(null, Buffer.concat([Buffer.from(`${id}.${NOW_S}.`), payload]), pair.privateKey).toString("base64")}`;

const toHeaders = (...signatures: readonly string[]) => ({
  "webhook-id": "msg_1",
  "webhook-timestamp": String(NOW_S),
  "webhook-signature": signatures.join(" "),
});

async function faultOf(
  payload: Uint8Array,
  headers: Record<string, string>,
  keys: string | readonly string[],
): Promise<VerificationFault | "none"> {
  try {
    await verify(payload, headers, keys, { now: NOW });
    return "none";
  } catch (error) {
    if (error instanceof WebhookVerificationError) return error.code;
    throw error;
  }
}

const payload = Buffer.from('{"é":1}');
const pair = newPair();
const other = newPair();
const secret = `whsec_${Buffer.alloc(32, 3).toString("base64")}`;

describe("verify with a public key", () => {
  test("accepts what its private key signed, whatever the bytes, and nothing else", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), fc.nat(), async (bytes, at) => {
        const headers = toHeaders(toEntry(pair, bytes));
        expect(await faultOf(bytes, headers, pair.publicKey)).toBe("none");
        expect(await faultOf(bytes, headers, other.publicKey)).toBe("no_matching_signature");
        const changed = Uint8Array.from([...bytes, 0]);
        changed[at % changed.length]! ^= 1;
        expect(await faultOf(changed, headers, pair.publicKey)).toBe("no_matching_signature");
      }),
      { numRuns: 40 },
    );
  });

  test("accepts one of several while keys rotate, and beside a secret while schemes change", async () => {
    const mac = new Webhook(secret).sign("msg_1", NOW, payload.toString());
    const both = toHeaders(toEntry(pair, payload), toEntry(other, payload));
    for (const { publicKey } of [pair, other]) expect(await faultOf(payload, both, publicKey)).toBe("none");
    const mixed = toHeaders(toEntry(pair, payload), mac);
    for (const key of [pair.publicKey, secret, [other.publicKey, secret]])
      expect(await faultOf(payload, mixed, key)).toBe("none");
  });

  test("takes a signature for keys of its own scheme only", async () => {
    const entry = toEntry(pair, payload);
    expect(await faultOf(payload, toHeaders(entry), secret)).toBe("no_matching_signature");
    const renamed = entry.replace("v1a,", "v1,");
    expect(await faultOf(payload, toHeaders(renamed), pair.publicKey)).toBe("no_matching_signature");
    // The public key is no secret: who signs with it as one is refused.
    const forged = new Webhook(pair.publicKey.slice("whpk_".length)).sign("msg_1", NOW, payload.toString());
    expect(await faultOf(payload, toHeaders(forged, entry.replace(/.$/, "")), pair.publicKey)).toBe(
      "no_matching_signature",
    );
  });

  test("refuses another id, and a signature of which one bit differs", async () => {
    const foreign = toHeaders(toEntry(pair, payload, "msg_2"));
    expect(await faultOf(payload, foreign, pair.publicKey)).toBe("no_matching_signature");
    const bytes = Buffer.from(toEntry(pair, payload).slice("v1a,".length), "base64");
    for (const index of bytes.keys()) {
      const changed = Buffer.from(bytes);
      changed[index]! ^= 1;
      const headers = toHeaders(`v1a,${changed.toString("base64")}`);
      expect(await faultOf(payload, headers, pair.publicKey)).toBe("no_matching_signature");
    }
  });

  test("looks at sixteen signatures and no more: a header costs a receiver that much at most", async () => {
    const entries = Array.from({ length: 16 }, () => toEntry(other, payload));
    const headers = toHeaders(...entries, toEntry(pair, payload));
    expect(await faultOf(payload, headers, pair.publicKey)).toBe("no_matching_signature");
    expect(
      await faultOf(payload, toHeaders(...entries.slice(1), toEntry(pair, payload)), pair.publicKey),
    ).toBe("none");
  });

  test.each(["whpk_", "whpk_!!!!", `whpk_${Buffer.alloc(31).toString("base64")}`, "whsk_AAAA"])(
    "says of %j that it is no key",
    async (key) => expect(await faultOf(payload, toHeaders("v1a,AAAA"), key)).toBe("invalid_secret"),
  );
});
