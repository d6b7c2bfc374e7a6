import type { KeyObject } from "node:crypto";

/** A key that seals secrets at rest: AES-256. */
export interface SecretKey {
  /** Stands in every value it sealed; letters, digits, `_` and `-`. */
  readonly id: string;
  /** 32 bytes. */
  readonly key: KeyObject;
}

/**
 * - `no_key`: a secret was to be stored by a process that has no key
 * - `unknown_key`: sealed with a key this process does not have
 * - `not_authentic`: the key of that id is another one, or the value was changed or stands where it was not sealed for
 */
export type SecretFault = "no_key" | "unknown_key" | "not_authentic";

/** A secret that cannot be stored or read. Never has the secret or the key in it. */
export class SecretError extends Error {
  override readonly name = "SecretError";
  readonly code: SecretFault;
  /** Undefined for `no_key`. */
  readonly keyId: string | undefined;

  constructor(code: SecretFault, detail: string, keyId?: string) {
    super(detail);
    this.code = code;
    this.keyId = keyId;
  }
}
