/** A block of a PEM text (RFC 7468). */
export interface PemBlock {
  /** `CERTIFICATE`; empty for a block without its end. */
  readonly label: string;
  /** With its first and last line. */
  readonly text: string;
}

const BEGIN = "-----BEGIN ";
const DASHES = "-----";

/** The blocks of a text in their order; what stands between them is not looked at. Takes time as the text is long. */
export function readPem(text: string): readonly PemBlock[] {
  const [, ...parts] = text.split(BEGIN);
  return parts.map((part) => {
    const label = part.slice(0, Math.max(0, part.indexOf(DASHES)));
    const end = `${DASHES}END ${label}${DASHES}`;
    const endAt = part.indexOf(end);
    return endAt < 0 || label === ""
      ? { label: "", text: BEGIN + part }
      : { label, text: `${BEGIN}${part.slice(0, endAt)}${end}\n` };
  });
}
