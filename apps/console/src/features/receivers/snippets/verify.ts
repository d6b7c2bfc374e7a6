import { createHmac, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";

// Better kept outside of the code, in an environment variable.
const SECRET = "whsec_REPLACE+THIS+WITH+THE+SECRET+OF+YOUR";
const TOLERANCE_SECONDS = 300;

// body: the raw bytes as they came. Express: express.raw({ type: "*/*" })
export function isSigned(headers: IncomingHttpHeaders, body: Buffer): boolean {
  const id = String(headers["webhook-id"]);
  const timestamp = String(headers["webhook-timestamp"]);
  const age = Math.abs(Date.now() / 1000 - Number(timestamp));
  if (!(age <= TOLERANCE_SECONDS)) return false;

  const key = Buffer.from(SECRET.slice("whsec_".length), "base64");
  const signature = createHmac("sha256", key).update(`${id}.${timestamp}.`).update(body).digest("base64");
  const expected = Buffer.from(`v1,${signature}`);
  // Several while a secret is being replaced: one that fits is enough.
  return String(headers["webhook-signature"])
    .split(" ")
    .map((entry) => Buffer.from(entry))
    .some((entry) => entry.length === expected.length && timingSafeEqual(entry, expected));
}
