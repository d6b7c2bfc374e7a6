import type { ContactReader, ReadLine, UploadFault } from "../contact-imports/reading/contact-reader.js";

/** For tests: what a reader makes of a whole upload that comes in parts of so many bytes. */
export function readAll(
  reader: ContactReader,
  upload: string | Uint8Array,
  partBytes = 65_536,
): { readonly lines: readonly ReadLine[]; readonly fault: UploadFault | undefined } {
  const bytes = typeof upload === "string" ? Buffer.from(upload) : upload;
  const lines: ReadLine[] = [];
  for (let from = 0; from < bytes.length; from += partBytes) {
    const part = reader.read(bytes.subarray(from, from + partBytes));
    lines.push(...part.lines);
    if (part.fault) return { lines, fault: part.fault };
  }
  const end = reader.end();
  return { lines: [...lines, ...end.lines], fault: end.fault };
}
