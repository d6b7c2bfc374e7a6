/** Where in its .proto file the type of a record is declared, and where the record's own bytes begin. */
export interface MessageIndexes {
  /** The n-th message of the file, then the n-th nested in it, and so on; 0-based. */
  readonly path: readonly number[];
  readonly payload: Buffer;
}

/** No .proto nests deeper; more means that these bytes are no indexes. */
const PATH_LENGTH_MAX = 32;

/**
 * Reads what Confluent's serializers write between the schema id and a Protobuf record: a count and as many indexes, each
 * a zigzag varint; a single 0 stands for the first message.
 *
 * @returns undefined when the bytes cannot be indexes
 */
export function readMessageIndexes(bytes: Buffer): MessageIndexes | undefined {
  const reader = new VarintReader(bytes);
  const count = reader.read();
  if (count === undefined || count < 0 || count > PATH_LENGTH_MAX) return undefined;
  if (count === 0) return { path: [0], payload: bytes.subarray(reader.offset) };
  const path: number[] = [];
  for (let i = 0; i < count; i++) {
    const index = reader.read();
    if (index === undefined || index < 0) return undefined;
    path.push(index);
  }
  return { path, payload: bytes.subarray(reader.offset) };
}

class VarintReader {
  offset = 0;
  constructor(private readonly bytes: Buffer) {}

  /** The next zigzag varint of at most 32 bits. */
  read(): number | undefined {
    let raw = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = this.bytes[this.offset];
      if (byte === undefined) return undefined;
      this.offset++;
      raw += (byte & 0x7f) * 2 ** shift;
      if ((byte & 0x80) === 0) return raw % 2 === 0 ? raw / 2 : -(raw + 1) / 2;
    }
    return undefined;
  }
}
