const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORD = /true|false|null/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[\da-fA-F]{4})/y;

/** What may come next. */
type Expected = "value" | "value_or_end" | "key" | "key_or_end" | "colon" | "comma_or_end";

/**
 * Where a text that does not parse stops being JSON: `JSON.parse` tells it in words only, with the text in them.
 *
 * @param text one that `JSON.parse` refuses
 * @returns index of the first character that cannot be; the text's length when it ends too early
 */
export function findJsonFault(text: string): number {
  const open: string[] = [];
  let expected: Expected = "value";
  let at = skipSpace(text, 0);
  for (;;) {
    const character = text[at];
    const closes = expected !== "value" && expected !== "key" && expected !== "colon";
    if (closes && (character === "}" || character === "]")) {
      const isRight = expected === "comma_or_end" || (expected === "key_or_end") === (character === "}");
      if (!isRight || open.pop() !== character) return at;
      expected = "comma_or_end";
      at++;
    } else if (expected === "comma_or_end" || expected === "colon") {
      if (character !== (expected === "colon" ? ":" : ",") || open.length === 0) return at;
      expected = expected === "comma_or_end" && open.at(-1) === "}" ? "key" : "value";
      at++;
    } else if (expected === "key" || expected === "key_or_end") {
      const end = character === '"' ? skipString(text, at) : -at - 1;
      if (end < 0) return -end - 1;
      expected = "colon";
      at = end;
    } else if (character === "{" || character === "[") {
      open.push(character === "{" ? "}" : "]");
      expected = character === "{" ? "key_or_end" : "value_or_end";
      at++;
    } else {
      const end = character === '"' ? skipString(text, at) : skipWord(text, at);
      if (end < 0) return -end - 1;
      expected = "comma_or_end";
      at = end;
    }
    at = skipSpace(text, at);
    if (at === text.length) return at;
  }
}

/** Line and column, from 1, of a place in a text. */
export function toPlace(text: string, index: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, index);
  return { line: before.split("\n").length, column: index - before.lastIndexOf("\n") };
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && " \t\n\r".includes(text.charAt(at))) at++;
  return at;
}

/** @returns the place behind the closing quote, or `-1 - index` of the first character that cannot be */
function skipString(text: string, from: number): number {
  let at = from + 1;
  for (;;) {
    const character = text[at];
    if (character === undefined || character < " ") return -1 - at;
    if (character === '"') return at + 1;
    if (character !== "\\") at++;
    else if (matches(ESCAPE, text, at)) at = ESCAPE.lastIndex;
    else return -1 - at;
  }
}

/** @returns the place behind a number, `true`, `false` or `null`, or `-1 - from` */
function skipWord(text: string, from: number): number {
  for (const pattern of [NUMBER, WORD]) if (matches(pattern, text, from)) return pattern.lastIndex;
  return -1 - from;
}

function matches(pattern: RegExp, text: string, at: number): boolean {
  pattern.lastIndex = at;
  return pattern.test(text);
}
