import type { JsonClient } from "@hooklane/testing";
import type { Operation } from "./contract-document.js";

/** Names that stand in paths and that no list gives. */
const FIXED: Readonly<Record<string, readonly string[]>> = {
  presets: ["email_marketing", "audience", "messaging"],
  families: ["mail", "audience", "messaging"],
};

/** What exists, by the part of the path it stands behind (`webhooks`, `events`, …): read from the lists of the API itself. */
export class KnownObjects {
  readonly #ids = new Map<string, readonly string[]>(Object.entries(FIXED));
  readonly #parents = new Map<string, string>();
  readonly #spared: ReadonlySet<string>;

  /** @param spared never given to a request: without them there is nothing left to try */
  constructor(spared: ReadonlySet<string>) {
    this.#spared = spared;
  }

  idsOf(part: string): readonly string[] {
    return this.#ids.get(part) ?? [];
  }

  /** What an object belongs to, by its id; undefined: to the workspace, or it is not known. */
  parentOf(id: string): string | undefined {
    return this.#parents.get(id);
  }

  /**
   * One of what no list gives.
   *
   * @param parent the id before it in its path
   */
  add(part: string, id: string, parent?: string): void {
    this.#ids.set(part, [...this.idsOf(part), id]);
    if (parent !== undefined) this.#parents.set(id, parent);
  }

  /** Reads the lists anew: calls make objects and delete them. */
  async refresh(
    operations: readonly Operation[],
    clients: { operator: JsonClient; workspace: JsonClient },
  ): Promise<void> {
    for (const { method, path, responses, isOpenToOperator } of operations) {
      // A stream has no end, and is no list.
      const isList = responses["200"]?.content?.["application/json"] !== undefined;
      if (method !== "get" || path.includes("{") || !isList) continue;
      const client = isOpenToOperator ? clients.operator : clients.workspace;
      const { body } = await client.call<{ data?: readonly Listed[] } | undefined>("GET", path);
      if (!Array.isArray(body?.data)) continue;
      const names = (body.data as readonly Listed[]).flatMap(({ id, type }) => id ?? type ?? []);
      const part = path.slice(path.lastIndexOf("/") + 1);
      this.#ids.set(part, sample(names.filter((name) => !this.#spared.has(name))));
    }
  }
}

/** Of a long list both ends, where the old and the new ones are. */
const sample = (names: readonly string[]): readonly string[] =>
  names.length <= 2 * SAMPLED ? names : [...names.slice(0, SAMPLED), ...names.slice(-SAMPLED)];

const SAMPLED = 10;

interface Listed {
  readonly id?: string;
  readonly type?: string;
}
