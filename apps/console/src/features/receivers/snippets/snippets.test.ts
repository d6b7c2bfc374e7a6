import { execFileSync, spawnSync } from "node:child_process";
import { createHmac, randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { formatSignatures, parseSecret, signedContentPrefix } from "@hooklane/core";
import { afterAll, describe, expect, test } from "@jest/globals";
import { PROGRAMS, readSnippet } from "../testing/programs.js";
import { isSigned } from "./verify.js";

const PLACEHOLDER = /whsec_[A-Za-z0-9+/=]+/;
const placeholderOf = (name: string) => PLACEHOLDER.exec(readSnippet(name))?.[0] ?? "";
const secret = placeholderOf("verify.py");
const dir = mkdtempSync(join(tmpdir(), "snippets-"));
afterAll(() => rmSync(dir, { recursive: true }));

interface Request {
  readonly id: string;
  readonly timestamp: string;
  readonly signature: string;
  readonly body: Buffer;
}

const BODY = Buffer.from(JSON.stringify({ id: "evt_1", name: "é 漢字 \u{1f600}" }));
const nowSeconds = () => Math.floor(Date.now() / 1_000);

/** As the product signs: its own layout of what is signed and of the header. */
function sign(
  body: Buffer,
  { ageSeconds = 0, by = [secret] }: { ageSeconds?: number; by?: string[] } = {},
): Request {
  const [id, seconds] = ["msg_1", nowSeconds() - ageSeconds];
  const signatures = by.map((text) => {
    const parsed = parseSecret(text);
    if (!parsed.ok) throw new Error(parsed.fault);
    const hmac = createHmac("sha256", parsed.key).update(signedContentPrefix(id, seconds)).update(body);
    return { scheme: "hmac-sha256", base64: hmac.digest("base64") } as const;
  });
  return { id, timestamp: String(seconds), signature: formatSignatures(signatures), body };
}

const other = `whsec_${randomBytes(32).toString("base64")}`;
const good = sign(BODY);
const CASES: readonly (readonly [what: string, request: Request, isSigned: boolean])[] = [
  ["as it was sent", good, true],
  ["with an empty body", sign(Buffer.alloc(0)), true],
  ["while the secret is replaced", sign(BODY, { by: [other, secret] }), true],
  ["beside a signature of another scheme", { ...good, signature: `v1a,AAAA ${good.signature}` }, true],
  ["signed four minutes ago", sign(BODY, { ageSeconds: 240 }), true],
  ["with another body", { ...good, body: Buffer.from("{}") }, false],
  ["with another id", { ...good, id: "msg_2" }, false],
  ["with another time", { ...good, timestamp: String(nowSeconds() - 60) }, false],
  ["signed by somebody else", sign(BODY, { by: [other] }), false],
  ["sent again ten minutes later", sign(BODY, { ageSeconds: 600 }), false],
  ["dated ten minutes ahead", sign(BODY, { ageSeconds: -600 }), false],
  ["with a signature cut off", { ...good, signature: good.signature.slice(0, -4) }, false],
  ["with a signature of another version", { ...good, signature: good.signature.replace("v1", "v2") }, false],
  ["without a signature", { ...good, signature: "" }, false],
  ["without a time", { ...good, timestamp: "" }, false],
  ["with a time that is none", { ...good, timestamp: "soon" }, false],
  ["with a signature that is no ASCII", { ...good, signature: "v1,é" }, false],
];

const expected = CASES.map(([what, , isRight]) => [what, isRight]);

describe("the code receivers are given takes what the product signs, and nothing else", () => {
  test("Node.js", () => {
    const told = CASES.map(([what, { id, timestamp, signature, body }]) => {
      const headers = { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": signature };
      return [what, isSigned(headers, body)];
    });
    expect(told).toEqual(expected);
  });

  for (const [language, { command, version, prepare }] of Object.entries(PROGRAMS)) {
    const isHere = spawnSync(command, version).status === 0;
    // Whoever changes one of them has the language; Node.js is everywhere.
    if (!isHere) continue;
    test(
      language,
      () => {
        const input = CASES.map(([, { id, timestamp, signature, body }]) =>
          [id, timestamp, signature, body.toString("base64")].join("\t"),
        ).join("\n");
        const output = execFileSync(command, [...prepare(dir)], {
          cwd: dir,
          input: `${input}\n`,
          encoding: "utf8",
        });
        const told = output.trim().split("\n");
        expect(told.map((text, index) => [CASES[index]?.[0], text === "true"])).toEqual(expected);
      },
      120_000,
    );
  }

  test("each of them has the same place for the secret", () => {
    const names = ["verify.ts", "verify.py", "verify.go", "WebhookSignature.java", "verify.php"];
    expect(names.map(placeholderOf)).toEqual(names.map(() => secret));
  });
});
