import { generateKeyPairSync, randomBytes } from "node:crypto";
import { formatKeyPair, type NewSecret, type SignatureScheme } from "@hooklane/core";

/** A new API key, with 256 random bits. Shown once, then only its hash is known. */
export const newApiKey = (): string => `hl_live_${randomBytes(32).toString("base64url")}`;

/** A new signing secret in the form of Standard Webhooks, with 256 random bits. */
export const newWebhookSecret = (): string => `whsec_${randomBytes(32).toString("base64")}`;

/** A new secret to sign with. */
export function newSigningSecret(scheme: SignatureScheme): NewSecret {
  switch (scheme) {
    case "hmac-sha256":
      return { value: newWebhookSecret() };
    case "ed25519": {
      const { d = "", x = "" } = generateKeyPairSync("ed25519").privateKey.export({ format: "jwk" });
      const pair = formatKeyPair(Buffer.from(d, "base64url"), Buffer.from(x, "base64url"));
      return { value: pair.privateKey, publicKey: pair.publicKey };
    }
  }
}
