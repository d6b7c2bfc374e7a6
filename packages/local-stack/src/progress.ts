/** Receives one plain line for each thing the stack begins or finds out. The caller adds times and prefixes. */
export type Progress = (line: string) => void;

/** A size for people, in MB with one decimal. */
export function toMegabytes(bytes: number): string {
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
