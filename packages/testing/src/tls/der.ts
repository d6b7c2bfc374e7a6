/** As much of DER (X.690) as certificates of tests need. */

function tagged(tag: number, ...contents: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(contents);
  const { length } = content;
  const lengthBytes =
    length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...lengthBytes]), content]);
}

export const sequence = (...parts: readonly Uint8Array[]): Buffer => tagged(0x30, ...parts);
export const set = (...parts: readonly Uint8Array[]): Buffer => tagged(0x31, ...parts);
export const octets = (content: Uint8Array): Buffer => tagged(0x04, content);
export const bits = (content: Uint8Array): Buffer => tagged(0x03, Buffer.of(0), content);
export const utf8 = (text: string): Buffer => tagged(0x0c, Buffer.from(text));
export const truth = Buffer.of(0x01, 0x01, 0xff);

/** An INTEGER above zero from its bytes. */
export const integer = (bytes: Uint8Array): Buffer =>
  tagged(0x02, (bytes[0] ?? 0) < 0x80 ? bytes : Buffer.concat([Buffer.of(0), bytes]));

/** UTCTime: years 1950 to 2049. */
export const utcTime = (at: Date): Buffer =>
  tagged(0x17, Buffer.from(`${at.toISOString().replace(/\D/g, "").slice(2, 14)}Z`));

/** `[number]`, around what it holds (EXPLICIT). */
export const explicit = (number: number, content: Uint8Array): Buffer => tagged(0xa0 | number, content);
/** `[number]`, instead of the tag of a primitive (IMPLICIT). */
export const implicit = (number: number, content: Uint8Array): Buffer => tagged(0x80 | number, content);

/** An OBJECT IDENTIFIER of its dotted form. */
export function oid(dotted: string): Buffer {
  const [first = 0, second = 0, ...others] = dotted.split(".").map(Number);
  return tagged(0x06, Buffer.from([first * 40 + second, ...others.flatMap(toBase128)]));
}

function toBase128(value: number): number[] {
  const digits = [value & 0x7f];
  for (let rest = value >> 7; rest > 0; rest >>= 7) digits.unshift((rest & 0x7f) | 0x80);
  return digits;
}
