/** Where the timestamp stands: behind the id and type of an event in native form, each of at most 200 characters. */
const HEAD_BYTES = 2_048;

const NAME = ',"timestamp":"';

/**
 * The timestamp out of an event's bytes in native form, without parsing all of them. Within a JSON string every quote
 * has a backslash before it, so the name found is no part of an id.
 *
 * @returns undefined where the bytes have another form
 */
export function readTimestamp(body: Uint8Array): string | undefined {
  const head = Buffer.from(body.buffer, body.byteOffset, Math.min(body.byteLength, HEAD_BYTES)).toString(
    "latin1",
  );
  const at = head.indexOf(NAME);
  if (at === -1) return undefined;
  const start = at + NAME.length;
  const end = head.indexOf('"', start);
  return end === -1 ? undefined : head.slice(start, end);
}
