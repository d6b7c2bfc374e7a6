import { createSecretKey, type KeyObject } from "node:crypto";
import { z } from "zod";
import { splitList } from "./destination-allow.js";

/** A key that seals secrets at rest. It shows nothing of itself when it is logged. */
export interface SecretKeyVariable {
  readonly id: string;
  /** 32 bytes, for AES-256. */
  readonly key: KeyObject;
}

const KEY_BYTES = 32;

/** The id stands in every sealed value, between colons. */
const ENTRY = /^([A-Za-z0-9_-]{1,32}):([A-Za-z0-9+/]+={0,2})$/;

/**
 * `HOOKLANE_SECRETS_KEYS`: what secrets in the database are sealed with (product.md O5). The first key writes, all read,
 * so a new one is first added last everywhere, then put first, then the old one taken out.
 */
export const secretKeys = z
  .string()
  .transform((text, context): readonly SecretKeyVariable[] => {
    const keys: SecretKeyVariable[] = [];
    const refuse = (message: string) => context.addIssue({ code: "custom", message });
    splitList(text).forEach((entry, index) => {
      const key = parseEntry(entry);
      if (key === undefined) refuse(`entry ${index + 1} is not id:base64 of ${KEY_BYTES} bytes`);
      else if (keys.some(({ id }) => id === key.id)) refuse(`the id ${key.id} stands twice`);
      else keys.push(key);
    });
    if (splitList(text).length === 0) refuse("names no key");
    return keys;
  })
  .meta({
    description:
      'id:base64 of 32 bytes, several separated by commas: the first one writes, all read; make one with: echo "k1:$(openssl rand -base64 32)"',
    secret: true,
  });

function parseEntry(entry: string): SecretKeyVariable | undefined {
  const [, id, text] = ENTRY.exec(entry) ?? [];
  if (id === undefined || text === undefined) return undefined;
  const bytes = Buffer.from(text, "base64");
  return bytes.byteLength === KEY_BYTES ? { id, key: createSecretKey(bytes) } : undefined;
}
