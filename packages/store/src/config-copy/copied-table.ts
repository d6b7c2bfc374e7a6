import type { z } from "zod";
import { SecretError } from "../secrets/secret-key.js";

/** What kind of documents a copy holds and how they are read. */
export interface TableDefinition<Document extends { readonly _id: string }> {
  readonly parser: z.ZodType<Document>;
  /** Opens its secrets. @throws SecretError */
  readonly open?: (document: Document) => Document;
  /** Grows with every change of a document; a smaller one than that held comes late and is ignored. */
  readonly versionOf: (document: Document) => number;
  /** Documents are also found by this. */
  readonly groupOf?: (document: Document) => string;
  /** Left out of its group, still found by id. */
  readonly isHidden?: (document: Document) => boolean;
}

/** Documents of one collection in memory. Values are frozen. */
export class CopiedTable<Document extends { readonly _id: string }> {
  readonly #definition: TableDefinition<Document>;
  #byId = new Map<string, Document>();
  #groups = new Map<string, Map<string, Document>>();
  /** Members of a group as an array that stays the same object until one of them changes. */
  readonly #members = new Map<string, readonly Document[]>();

  constructor(definition: TableDefinition<Document>) {
    this.#definition = definition;
  }

  get size(): number {
    return this.#byId.size;
  }

  get(id: string): Document | undefined {
    return this.#byId.get(id);
  }

  membersOf(group: string): readonly Document[] {
    let members = this.#members.get(group);
    if (!members) {
      members = Object.freeze([...(this.#groups.get(group)?.values() ?? [])]);
      // Unknown groups are not remembered: anybody could make the map grow by asking.
      if (members.length > 0) this.#members.set(group, members);
    }
    return members;
  }

  /**
   * Takes a document in.
   *
   * @returns the document, undefined when a later one is held already, or why it does not fit
   */
  put(raw: unknown): { document: Document | undefined } | { fault: string } {
    const parsed = this.#definition.parser.safeParse(raw);
    if (!parsed.success) return { fault: describe(parsed.error.issues) };
    const opened = this.#open(parsed.data);
    if ("fault" in opened) return opened;
    const document = deepFreeze(opened.document);
    const held = this.#byId.get(document._id);
    if (held && this.#definition.versionOf(held) > this.#definition.versionOf(document)) {
      return { document: undefined };
    }
    this.#set(document, held);
    return { document };
  }

  delete(id: string): Document | undefined {
    const held = this.#byId.get(id);
    if (!held) return undefined;
    this.#byId.delete(id);
    this.#leaveGroup(held);
    return held;
  }

  /** Forgets what is not in `ids`: after a load that followed lost history. */
  retain(ids: ReadonlySet<string>): void {
    for (const id of this.#byId.keys()) if (!ids.has(id)) this.delete(id);
  }

  #open(document: Document): { document: Document } | { fault: string } {
    try {
      return { document: this.#definition.open?.(document) ?? document };
    } catch (error) {
      if (error instanceof SecretError) return { fault: error.message };
      throw error;
    }
  }

  #set(document: Document, held: Document | undefined): void {
    if (held) this.#leaveGroup(held);
    this.#byId.set(document._id, document);
    const { groupOf, isHidden } = this.#definition;
    if (!groupOf || isHidden?.(document)) return;
    const group = groupOf(document);
    const members = this.#groups.get(group) ?? new Map<string, Document>();
    members.set(document._id, document);
    this.#groups.set(group, members);
    this.#members.delete(group);
  }

  #leaveGroup(document: Document): void {
    const group = this.#definition.groupOf?.(document);
    if (group === undefined) return;
    const members = this.#groups.get(group);
    members?.delete(document._id);
    if (members?.size === 0) this.#groups.delete(group);
    this.#members.delete(group);
  }
}

function describe(issues: readonly z.core.$ZodIssue[]): string {
  return issues.map(({ path, message }) => `${path.join(".")}: ${message}`).join("; ");
}

function deepFreeze<T>(value: T): T {
  if (typeof value !== "object" || value === null || value instanceof Date) return value;
  for (const part of Object.values(value)) deepFreeze(part);
  return Object.freeze(value);
}
