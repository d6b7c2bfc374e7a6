import { asWorkspaceId, type WorkspaceId } from "@hooklane/core";
import type { SecretKey } from "@hooklane/store";
import { z } from "zod";
import { openText, sealText } from "../http/sealed-text.js";

/** The keys of one workspace each, that somebody signed in with, in the order of signing in. */
export interface ConsoleSession {
  readonly keys: readonly SessionKey[];
}

export interface SessionKey {
  readonly workspaceId: WorkspaceId;
  /** As it was given. */
  readonly apiKey: string;
}

/** A session ends so long after the page was last opened or reloaded, seconds. */
export const SESSION_SECONDS = 12 * 60 * 60;

/** So many fit into the 4,096 bytes a browser keeps of a cookie. */
export const SESSION_WORKSPACES_MAX = 20;

const NAME = "hooklane_session";

/** `<id of the key>.<sealed text>`. */
const VALUE = /^([A-Za-z0-9_-]+)\.([A-Za-z0-9+/=]+)$/;

const sealedSession = z.object({
  v: z.literal(1),
  /** Seconds since 1970. The browser forgets the cookie by itself; somebody who copied it does not. */
  until: z.number(),
  keys: z.array(z.tuple([z.string().transform(asWorkspaceId), z.string()])),
});

/**
 * The session as the browser keeps it (docs/adr/0034): sealed, so that neither a page nor who reads the browser's files
 * gets a key, and nothing of it is kept here.
 */
export class SessionCookie {
  readonly #keys: readonly SecretKey[];
  readonly #isSecure: boolean;
  readonly #now: () => Date;

  /**
   * @param options.secretKeys the first one seals, all open
   * @param options.isSecure whether people reach the console over https; the browser then sends the cookie over nothing else
   */
  constructor(options: {
    readonly secretKeys: readonly SecretKey[];
    readonly isSecure: boolean;
    readonly now: () => Date;
  }) {
    this.#keys = options.secretKeys;
    this.#isSecure = options.isSecure;
    this.#now = options.now;
  }

  /** The session in a `Cookie` header; one without keys when there is none, or it is over, changed or not ours. */
  read(header: string | undefined): ConsoleSession {
    for (const value of valuesOf(header)) {
      const session = this.#open(value);
      if (session) return session;
    }
    return { keys: [] };
  }

  /** A `Set-Cookie` header with which the browser keeps the session, or forgets it when it has no keys. */
  write({ keys }: ConsoleSession): string {
    const [sealing] = this.#keys;
    if (keys.length === 0 || !sealing) return this.#toHeader("", 0);
    const text = JSON.stringify({
      v: 1,
      until: this.#nowSeconds() + SESSION_SECONDS,
      keys: keys.map(({ workspaceId, apiKey }) => [workspaceId, apiKey]),
    } satisfies z.input<typeof sealedSession>);
    return this.#toHeader(`${sealing.id}.${sealText(text, sealing.key, "console session")}`, SESSION_SECONDS);
  }

  #open(value: string): ConsoleSession | undefined {
    const [, keyId, sealed = ""] = VALUE.exec(value) ?? [];
    const key = this.#keys.find(({ id }) => id === keyId);
    if (!key) return undefined;
    try {
      const { until, keys } = sealedSession.parse(JSON.parse(openText(sealed, key.key, "console session")));
      if (until <= this.#nowSeconds()) return undefined;
      return { keys: keys.map(([workspaceId, apiKey]) => ({ workspaceId, apiKey })) };
    } catch {
      // Not sealed by this installation: whoever sent it is not signed in.
      return undefined;
    }
  }

  #nowSeconds(): number {
    return Math.floor(this.#now().getTime() / 1_000);
  }

  /** `SameSite=Strict`: no other site's page makes the browser send it. */
  #toHeader(value: string, maxAgeSeconds: number): string {
    const secure = this.#isSecure ? "; Secure" : "";
    return `${NAME}=${value}; Path=/; Max-Age=${maxAgeSeconds}; HttpOnly; SameSite=Strict${secure}`;
  }
}

/** All of that name: a neighbour on another port, or a parent domain, may have set one too. */
function valuesOf(header: string | undefined): string[] {
  return (header ?? "")
    .split(";")
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${NAME}=`))
    .map((pair) => pair.slice(NAME.length + 1));
}
