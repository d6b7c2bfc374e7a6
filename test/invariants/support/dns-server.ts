import { createSocket, type Socket } from "node:dgram";

const HEADER_BYTES = 12;
const TYPE_A = 1;
const CLASS_IN = 1;
/** Seconds; short, so that a name is asked for again and again. */
const TTL_S = 1;

/** A DNS server on loopback that has every name at 127.0.0.1, and can fall silent. */
export class DnsServer {
  readonly #socket: Socket = createSocket("udp4");
  #isSilent = false;
  /** Questions it has got. */
  asked = 0;

  static async start(): Promise<DnsServer> {
    const server = new DnsServer();
    server.#socket.on("message", (query, { port, address }) => {
      server.asked++;
      if (!server.#isSilent) server.#socket.send(toAnswer(query), port, address);
    });
    await new Promise<void>((resolve) => server.#socket.bind(0, "127.0.0.1", resolve));
    return server;
  }

  get address(): string {
    return `127.0.0.1:${this.#socket.address().port}`;
  }

  fallSilent(): void {
    this.#isSilent = true;
  }

  answer(): void {
    this.#isSilent = false;
  }

  close(): Promise<void> {
    return new Promise((resolve) => this.#socket.close(() => resolve()));
  }
}

/** RFC 1035 §4: the question again, with an address for type A and nothing for any other type. */
function toAnswer(query: Buffer): Buffer {
  let end = HEADER_BYTES;
  while (query[end] !== 0) end += 1 + (query[end] ?? 0);
  end += 1;
  const isAddress = query.readUInt16BE(end) === TYPE_A;
  const question = query.subarray(HEADER_BYTES, end + 4);
  const header = Buffer.alloc(HEADER_BYTES);
  query.copy(header, 0, 0, 2);
  // An answer, recursion desired and available, no error.
  header.writeUInt16BE(0x8180, 2);
  header.writeUInt16BE(1, 4);
  header.writeUInt16BE(isAddress ? 1 : 0, 6);
  if (!isAddress) return Buffer.concat([header, question]);
  const record = Buffer.alloc(16);
  // The name: a pointer to the question's.
  record.writeUInt16BE(0xc000 | HEADER_BYTES, 0);
  record.writeUInt16BE(TYPE_A, 2);
  record.writeUInt16BE(CLASS_IN, 4);
  record.writeUInt32BE(TTL_S, 6);
  record.writeUInt16BE(4, 10);
  record.set([127, 0, 0, 1], 12);
  return Buffer.concat([header, question, record]);
}
