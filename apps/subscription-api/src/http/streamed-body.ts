import { createHash } from "node:crypto";
import type { Request } from "express";
import type { Readable } from "node:stream";
import { type Answer, refusal } from "./answer.js";
import type { AnyCall, Received, StreamedBody } from "./operation.js";

/** Ends the taking of a body, with what the caller is to read. */
class BodyRefused extends Error {
  constructor(readonly answer: Answer) {
    super("The body is refused");
  }
}

/** A body that was taken as it came. */
export type TakenBody =
  | {
      readonly kind: "taken";
      readonly received: Extract<Received, { readonly kind: "received" }>;
      /** SHA-256 of its bytes with its type, hex: what makes a repeated call the same one. */
      readonly fingerprint: string;
    }
  | { readonly kind: "refused"; readonly answer: Answer };

/** Has the operation take a request's body as it comes, as fast as the operation can, and no more than it may have. */
export async function takeBody(streamed: StreamedBody, request: Request, call: AnyCall): Promise<TakenBody> {
  const refused = whyNotTaken(streamed, request);
  if (refused) return { kind: "refused", answer: refused };
  const hash = createHash("sha256");
  const contentType = contentTypeOf(request);
  hash.update(`${contentType}\n`);
  const bytes = read(request, streamed.bytesMax, (chunk) => hash.update(chunk));
  try {
    const received = await streamed.receive(call, { contentType, bytes });
    return received.kind === "received"
      ? { kind: "taken", received, fingerprint: hash.digest("hex") }
      : received;
  } catch (error) {
    if (error instanceof BodyRefused) return { kind: "refused", answer: error.answer };
    throw error;
  } finally {
    await bytes.return();
    // What is left is read and dropped: a client that is still sending reads no answer.
    request.resume();
  }
}

const contentTypeOf = (request: Request): string =>
  (request.get("content-type") ?? "").split(";", 1)[0]?.trim().toLowerCase() ?? "";

const CHARSET = /;\s*charset=("?)([^";]*)\1/i;

function whyNotTaken({ content, bytesMax }: StreamedBody, request: Request): Answer | undefined {
  const types = Object.keys(content);
  const charset = CHARSET.exec(request.get("content-type") ?? "")?.[2] ?? "utf-8";
  const encoding = request.get("content-encoding") ?? "identity";
  if (
    !types.includes(contentTypeOf(request)) ||
    !/^(?:utf-?8|us-ascii)$/i.test(charset) ||
    encoding !== "identity"
  ) {
    return refusal(
      "unsupported_media_type",
      `Send the body in UTF-8, not compressed, as one of: ${types.join(", ")}.`,
    );
  }
  return Number(request.get("content-length") ?? 0) > bytesMax ? tooLarge(bytesMax) : undefined;
}

const tooLarge = (bytesMax: number): Answer =>
  refusal("body_too_large", `The body has more than ${bytesMax} bytes.`);

async function* read(
  request: Readable,
  bytesMax: number,
  note: (chunk: Uint8Array) => void,
): AsyncGenerator<Uint8Array, void, undefined> {
  let bytes = 0;
  try {
    // Not destroyed when the taking ends early: the answer goes out over the same socket.
    for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>) {
      bytes += chunk.length;
      if (bytes > bytesMax) throw new BodyRefused(tooLarge(bytesMax));
      note(chunk);
      yield chunk;
    }
  } catch (error) {
    if (error instanceof BodyRefused || !request.destroyed) throw error;
    // Nobody is left to read it.
    throw new BodyRefused(refusal("malformed_json", "The request broke off."));
  }
}
