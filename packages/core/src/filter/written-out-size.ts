/** What counts in a pattern of RE2's syntax: quoted text, escapes, classes, groups and repetitions. */
const TOKEN =
  /\\Q[^]*?(?:\\E|$)|\\x\{[^}]*\}|\\[^]|\[\^?\]?(?:\[:\^?\w+:\]|\\[^]|[^\]\\])*\]|\((?:\?(?:P?<\w+>|[imsU-]*:))?|\{(\d+)(?:,(\d*))?\}|[^]/g;

/**
 * About as many instructions as a pattern's program has: what is in groups is counted as often as it is repeated. Only
 * looks at how tokens nest, so it is right for what is a pattern, and any number for what is none.
 */
export function writtenOutSize(source: string): number {
  const around: number[] = [];
  let size = 0;
  /** What a repetition would repeat. */
  let last = 0;
  for (const [token, least, most] of source.matchAll(TOKEN)) {
    if (least !== undefined) {
      const more = last * (Math.max(Number(least), Number(most ?? 0), 1) - 1);
      size += more;
      last += more;
    } else if (token.startsWith("(")) {
      around.push(size);
      size = token.endsWith(":") ? 0 : GROUP_SIZE;
    } else if (token === ")") {
      last = size;
      size += around.pop() ?? 0;
    } else {
      last = token.startsWith("\\Q") ? token.length : 1;
      size += last;
    }
  }
  return around.reduce((total, part) => total + part, size);
}

/** Noting where it begins and ends. */
const GROUP_SIZE = 2;
