import protobuf from "protobufjs";
import { readMessageIndexes } from "./message-indexes.js";

/** A .proto file as the registry has it. */
export interface ProtoFile {
  readonly text: string;
  /** Text of every file it imports, directly or not, the innermost first. */
  readonly imports: readonly string[];
}

/** What Google's own files are imported as; registries do not list them as references. */
const GOOGLE_FILES = ["any", "duration", "empty", "struct", "timestamp", "wrappers", "field_mask"];

/**
 * A Protobuf schema. Built here and not by the registry client: that one writes and reads no message indexes, and takes
 * the first declaration of the file for the record's type even when it is an enum.
 */
export class ProtobufSchema {
  readonly #messages: readonly protobuf.Type[];

  /** @throws Error when the text is no .proto file or declares no message */
  constructor({ text, imports }: ProtoFile) {
    const root = new protobuf.Root();
    for (const name of GOOGLE_FILES) {
      const file = protobuf.common.get(`google/protobuf/${name}.proto`);
      if (file?.nested) root.addJSON(file.nested);
    }
    for (const imported of imports) protobuf.parse(imported, root);
    // Declared into a namespace of its own first, to know its messages and their order from those imported.
    const own = protobuf.parse(text, new protobuf.Root());
    const { package: packageName } = protobuf.parse(text, root);
    const declared = messagesOf(namespaceOf(own.root, packageName));
    if (declared.length === 0) throw new Error("The schema declares no message");
    this.#messages = declared.map(({ name }) =>
      root.lookupType(packageName ? `.${packageName}.${name}` : `.${name}`),
    );
    root.resolveAll();
    readTimestampsAsText(root);
  }

  /**
   * Decodes what follows the schema id. Records without message indexes, as @kafkajs/confluent-schema-registry writes
   * them, are read as the first message when their bytes cannot be indexes of this file.
   *
   * @returns an object with lowerCamelCase names, enums by name, longs as bigint, bytes as such; scalar fields at their
   *   default are present, as Protobuf does not tell them from absent ones; absent messages are not
   * @throws Error when the bytes are not such a message
   */
  decode(bytes: Buffer): unknown {
    const indexes = readMessageIndexes(bytes);
    const type = indexes && this.#find(indexes.path);
    if (indexes && type) return toPlain(type, indexes.payload);
    const [first] = this.#messages;
    if (!first) throw new Error("The schema declares no message");
    return toPlain(first, bytes);
  }

  #find([outer, ...inner]: readonly number[]): protobuf.Type | undefined {
    let type = outer === undefined ? undefined : this.#messages[outer];
    for (const index of inner) type = type && messagesOf(type)[index];
    return type;
  }
}

function namespaceOf(root: protobuf.Root, packageName: string | undefined): protobuf.NamespaceBase {
  const found = packageName ? root.lookup(packageName) : root;
  if (!(found instanceof protobuf.Namespace)) throw new Error("The schema declares no message");
  return found;
}

/** In order of declaration. */
function messagesOf(namespace: protobuf.NamespaceBase): readonly protobuf.Type[] {
  return namespace.nestedArray.filter((nested): nested is protobuf.Type => nested instanceof protobuf.Type);
}

/** `google.protobuf.Timestamp` as ISO 8601 text, as Protobuf's own JSON form has it. */
function readTimestampsAsText(root: protobuf.Root): void {
  const type = root.lookup("google.protobuf.Timestamp");
  if (!(type instanceof protobuf.Type)) return;
  type.setup();
  const toText = (message: protobuf.Message): unknown => {
    const { seconds, nanos } = message as unknown as {
      seconds: number | { toNumber(): number };
      nanos: number;
    };
    const wholeSeconds = typeof seconds === "number" ? seconds : seconds.toNumber();
    return new Date(wholeSeconds * 1_000 + Math.floor(nanos / 1_000_000)).toISOString();
  };
  type.toObject = toText as typeof type.toObject;
}

function toPlain(type: protobuf.Type, payload: Buffer): unknown {
  const plain = type.toObject(type.decode(payload), { longs: BigInt, enums: String, defaults: true });
  return withoutNulls(plain);
}

/** With `defaults`, absent messages come as null, which Protobuf does not have. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (value === null || typeof value !== "object" || value instanceof Uint8Array) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, part]) => part !== null)
      .map(([name, part]) => [name, withoutNulls(part)]),
  );
}
