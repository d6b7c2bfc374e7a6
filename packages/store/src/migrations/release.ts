/** The release of this code: that of the root's package.json, which a test holds it to. */
export const RELEASE = "0.1.0";

/** Whether release `a` is older than `b`; both `major.minor.patch`. */
export function isOlder(a: string, b: string): boolean {
  const [left, right] = [numbersOf(a), numbersOf(b)];
  const at = left.findIndex((number, index) => number !== right[index]);
  return at >= 0 && (left[at] ?? 0) < (right[at] ?? 0);
}

function numbersOf(release: string): readonly number[] {
  const match = /^(\d+)\.(\d+)\.(\d+)$/.exec(release);
  if (!match) throw new RangeError(`${release} is no release`);
  return match.slice(1).map(Number);
}
