import { generateKeyPairSync, randomBytes } from "node:crypto";
import { asDeliveryId, asEndpointId, asWebhookId, formatKeyPair } from "@hooklane/core";
import { buildRequest, RequestProfiles, type RequestWebhook } from "@hooklane/request";
import { describe, expect, jest, test } from "@jest/globals";
import fc from "fast-check";
import { Webhook } from "standardwebhooks";
import { type VerificationFault, verify, type WebhookHeaders, WebhookVerificationError } from "./verify.js";

const SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const toSecret = (bytes: Uint8Array) => `whsec_${Buffer.from(bytes).toString("base64")}`;
const newSecret = () => toSecret(randomBytes(32));

const NOW = new Date("2026-11-23T12:00:00.500Z");
const NOW_S = Math.floor(NOW.getTime() / 1_000);

/** Signed by the Standard Webhooks library. */
function sign(payload: string, { secret = SECRET, id = "msg_1", at = NOW } = {}): Record<string, string> {
  return {
    "webhook-id": id,
    "webhook-timestamp": String(Math.floor(at.getTime() / 1_000)),
    "webhook-signature": new Webhook(secret).sign(id, at, payload),
  };
}

const check = (payload: string | Uint8Array, headers: WebhookHeaders, secrets: string | string[] = SECRET) =>
  verify(payload, headers, secrets, { now: NOW });

async function faultOf(verified: Promise<unknown>): Promise<VerificationFault | "none"> {
  try {
    await verified;
    return "none";
  } catch (error) {
    if (error instanceof WebhookVerificationError) return error.code;
    throw error;
  }
}

const secrets = fc.uint8Array({ minLength: 24, maxLength: 64 }).map(toSecret);
const texts = fc.string({ unit: "binary", maxLength: 300 });
const ids = fc
  .string({ unit: "grapheme-ascii", minLength: 1, maxLength: 60 })
  .filter((id) => id.trim() === id);

describe("verify accepts", () => {
  test("the example of the specification", async () => {
    const headers = {
      "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
      "webhook-timestamp": "1614265330",
      "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    };
    const now = new Date(1614265330_000);
    const verified = await verify('{"test": 2432232314}', headers, SECRET, { now });
    expect(verified).toMatchObject({ id: "msg_p5jXN8AQM9LWM0D4loKWxJek", sentAt: now });
    expect(verified.json()).toEqual({ test: 2432232314 });
  });

  test("whatever the Standard Webhooks library signs, as text and as bytes", async () => {
    await fc.assert(
      fc.asyncProperty(texts, secrets, ids, async (text, secret, id) => {
        const headers = sign(text, { secret, id });
        const bytes = new TextEncoder().encode(text);
        expect((await check(text, headers, secret)).bytes).toEqual(bytes);
        expect((await check(bytes, headers, secret)).id).toBe(id);
      }),
      { numRuns: 60 },
    );
  });

  test("bytes that are no text", async () => {
    const [verified] = await verifyOurs(randomBytes(500), [newSecret()]);
    expect(verified).toBe("none");
  });

  test("headers of any case, of fetch, and of node:http", async () => {
    const headers = sign("{}");
    const upper = Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name.toUpperCase(), value]),
    );
    for (const given of [
      headers,
      upper,
      new Headers(headers),
      { ...headers, accept: ["a", "b"], via: undefined },
    ]) {
      expect(await faultOf(check("{}", given))).toBe("none");
    }
  });

  test("one of several signatures by one of several secrets, among schemes it does not know", async () => {
    const [old, current, other] = [newSecret(), newSecret(), newSecret()];
    const signatures = [old, current].map((secret) => sign("{}", { secret })["webhook-signature"]!);
    const headers = { ...sign("{}"), "webhook-signature": ["v1a,AAAA", "v2", "", ...signatures].join(" ") };
    expect(await faultOf(check("{}", headers, current))).toBe("none");
    expect(await faultOf(check("{}", headers, [other, old]))).toBe("none");
    expect(await faultOf(check("{}", headers, other))).toBe("no_matching_signature");
  });

  test("a timestamp as far away as is tolerated, and none further", async () => {
    const at = (seconds: number) => sign("{}", { at: new Date((NOW_S + seconds) * 1_000) });
    expect(await faultOf(check("{}", at(-300)))).toBe("none");
    expect(await faultOf(check("{}", at(-301)))).toBe("timestamp_too_old");
    expect(await faultOf(check("{}", at(300)))).toBe("none");
    expect(await faultOf(check("{}", at(301)))).toBe("timestamp_too_new");
    const tolerating = (toleranceSeconds: number) =>
      verify("{}", at(-301), SECRET, { now: NOW, toleranceSeconds });
    expect(await faultOf(tolerating(301))).toBe("none");
    expect(await faultOf(tolerating(Number.NaN))).toBe("timestamp_too_old");
  });
});

describe("verify refuses", () => {
  test("a payload of which one byte differs, wherever it is", async () => {
    const payload = randomBytes(64);
    const { headers, secret } = signOurs(payload, [newSecret()]);
    for (const index of payload.keys()) {
      const changed = Uint8Array.from(payload);
      changed[index]! ^= 1;
      expect(await faultOf(check(changed, headers, secret))).toBe("no_matching_signature");
    }
    expect(await faultOf(check(payload.subarray(1), headers, secret))).toBe("no_matching_signature");
  });

  test("a signature of which one bit differs, and what is no signature", async () => {
    const headers = sign("{}");
    const mac = Buffer.from(headers["webhook-signature"]!.slice(3), "base64");
    const refused = [...mac.keys()].map((index) => {
      const changed = Buffer.from(mac);
      changed[index]! ^= 0x80;
      return `v1,${changed.toString("base64")}`;
    });
    refused.push(
      "v1",
      "v1,",
      "v1,!",
      `v2,${mac.toString("base64")}`,
      `v1,${mac.subarray(1).toString("base64")}`,
    );
    refused.push(`v1,${Buffer.concat([mac, mac]).toString("base64")}`, mac.toString("base64"));
    for (const signature of refused) {
      const fault = await faultOf(check("{}", { ...headers, "webhook-signature": signature }));
      expect([signature, fault]).toEqual([signature, "no_matching_signature"]);
    }
  });

  test("another id and another time than those that were signed", async () => {
    const headers = sign("{}");
    expect(await faultOf(check("{}", { ...headers, "webhook-id": "msg_2" }))).toBe("no_matching_signature");
    const later = { ...headers, "webhook-timestamp": String(NOW_S + 1) };
    expect(await faultOf(check("{}", later))).toBe("no_matching_signature");
    // What stands before a dot cannot move behind it.
    const moved = { ...headers, "webhook-id": `msg_1.${NOW_S}`, "webhook-timestamp": String(NOW_S) };
    expect(await faultOf(check("{}", moved))).toBe("no_matching_signature");
  });

  test.each(["webhook-id", "webhook-timestamp", "webhook-signature"])(
    "a request without %s",
    async (name) => {
      const headers = sign("{}");
      expect(await faultOf(check("{}", { ...headers, [name]: undefined }))).toBe("missing_header");
      expect(await faultOf(check("{}", { ...headers, [name]: "" }))).toBe("missing_header");
      const twice = { ...headers, [name]: [headers[name]!, headers[name]!] };
      expect(await faultOf(check("{}", twice))).toBe("invalid_header");
      expect(await faultOf(check("{}", { ...headers, [name.toUpperCase()]: "x" }))).toBe("invalid_header");
    },
  );

  test.each(["now", "-1", "1e9", "0x10", " 1", `${NOW_S}.5`, `0${NOW_S}`, "9".repeat(13)])(
    "the timestamp %p",
    async (timestamp) => {
      const headers = { ...sign("{}"), "webhook-timestamp": timestamp };
      expect(await faultOf(check("{}", headers))).toBe("invalid_header");
    },
  );

  test("secrets that are none, and no secret at all", async () => {
    const refused = ["", "whsec_", "whsec_!!!!", SECRET.slice("whsec_".length), toSecret(randomBytes(23))];
    for (const secret of [...refused, toSecret(randomBytes(65))]) {
      expect(await faultOf(check("{}", sign("{}"), secret))).toBe("invalid_secret");
      expect(await faultOf(check("{}", sign("{}"), [SECRET, secret]))).toBe("invalid_secret");
    }
    expect(await faultOf(check("{}", sign("{}"), []))).toBe("invalid_secret");
  });

  test("a body that was parsed already, and says so", async () => {
    const parsed = JSON.parse("{}") as string;
    await expect(check(parsed, sign("{}"))).rejects.toThrow(/as it came/);
    expect(await faultOf(check(parsed, sign("{}")))).toBe("invalid_payload");
  });
});

/** A request as the dispatcher makes it. */
function signOurs(body: Uint8Array, signing: readonly string[]) {
  const webhook: RequestWebhook = {
    _id: asWebhookId("wh_1"),
    name: "W",
    headers: {},
    contentType: "application/json",
    successStatus: "2xx",
    secrets: signing.map((value) => ({ value })),
  };
  const record = { facts: { deliveryId: asDeliveryId("dl_a1"), endpointId: asEndpointId("ep_1") }, body };
  const profile = new RequestProfiles().of(webhook, { url: "https://example.org/" });
  const built = buildRequest({ records: [record], batched: false, attempt: 1 }, profile, NOW.getTime());
  if ("kind" in built) throw new Error(built.message);
  const names = built.headers.filter((_, index) => index % 2 === 0);
  const headers = Object.fromEntries(names.map((name, index) => [name, built.headers[2 * index + 1]!]));
  return { headers, body: built.body, secret: signing[0]! };
}

const verifyOurs = (body: Uint8Array, signing: readonly string[]) => {
  const request = signOurs(body, signing);
  return Promise.all(signing.map((secret) => faultOf(check(request.body, request.headers, secret))));
};

describe("what the dispatcher sends", () => {
  test("is verified by both, with every secret that is current", async () => {
    jest.useFakeTimers({ now: NOW, doNotFake: ["nextTick", "setImmediate", "queueMicrotask"] });
    try {
      await fc.assert(
        fc.asyncProperty(
          fc.json(),
          fc.array(secrets, { minLength: 1, maxLength: 2 }),
          async (json, signing) => {
            const request = signOurs(Buffer.from(json), signing);
            for (const secret of signing) {
              const verified = await check(request.body, request.headers, secret);
              expect(verified.json()).toEqual(JSON.parse(json));
              const oracle = new Webhook(secret).verify(Buffer.from(request.body), request.headers);
              expect(oracle).toEqual(verified.json());
            }
          },
        ),
        { numRuns: 60 },
      );
    } finally {
      jest.useRealTimers();
    }
  });

  test("is verified with every public key that is current, and with the secret beside it", async () => {
    const pairs = [1, 2].map(() => {
      const { d = "", x = "" } = generateKeyPairSync("ed25519").privateKey.export({ format: "jwk" });
      return formatKeyPair(Buffer.from(d, "base64url"), Buffer.from(x, "base64url"));
    });
    const secret = newSecret();
    const signing = [...pairs.map(({ privateKey }) => privateKey), secret];
    const { body, headers } = signOurs(randomBytes(300), signing);
    expect(headers["webhook-signature"]!.split(" ").map((entry) => entry.split(",")[0])).toEqual([
      "v1a",
      "v1a",
      "v1",
    ]);
    for (const key of [...pairs.map(({ publicKey }) => publicKey), secret])
      expect(await faultOf(check(body, headers, key))).toBe("none");
  });

  test("both judge alike, whatever becomes of it on the way", async () => {
    jest.useFakeTimers({ now: NOW, doNotFake: ["nextTick", "setImmediate", "queueMicrotask"] });
    const shifts = fc.integer({ min: -600, max: 600 });
    try {
      await fc.assert(
        fc.asyncProperty(texts, texts, shifts, fc.boolean(), async (text, other, shift, isSwapped) => {
          const headers = sign(text, { at: new Date(NOW.getTime() + shift * 1_000) });
          const payload = isSwapped ? other : text;
          const ours = (await faultOf(check(payload, headers))) === "none";
          expect(ours).toBe(isTrustedByOracle(payload, headers));
        }),
        { numRuns: 100 },
      );
    } finally {
      jest.useRealTimers();
    }
  });
});

function isTrustedByOracle(payload: string, headers: Record<string, string>): boolean {
  try {
    new Webhook(SECRET).verify(payload, headers, { jsonParse: false });
    return true;
  } catch {
    return false;
  }
}
