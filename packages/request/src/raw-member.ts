const WHITE_SPACE = new Set([" ", "\n", "\r", "\t"]);

/**
 * The text of a top-level member's value exactly as it stands in a JSON object, numbers beyond a double's precision
 * included; undefined when there is no such member. Of a repeated name the last counts, as in `JSON.parse`.
 *
 * @param json a JSON object that parses
 */
export function rawMember(json: string, name: string): string | undefined {
  let found: string | undefined;
  let at = skipSpace(json, json.indexOf("{") + 1);
  while (json[at] === '"') {
    const keyEnd = skipString(json, at);
    const key = JSON.parse(json.slice(at, keyEnd)) as string;
    const start = skipSpace(json, skipSpace(json, keyEnd) + 1);
    const end = skipValue(json, start);
    if (key === name) found = json.slice(start, end);
    at = skipSpace(json, end);
    if (json[at] !== ",") break;
    at = skipSpace(json, at + 1);
  }
  return found;
}

function skipSpace(json: string, from: number): number {
  let at = from;
  while (WHITE_SPACE.has(json[at] ?? "")) at++;
  return at;
}

/** @param from the opening quote. @returns the place behind the closing one */
function skipString(json: string, from: number): number {
  let at = from + 1;
  while (at < json.length && json[at] !== '"') at += json[at] === "\\" ? 2 : 1;
  return at + 1;
}

function skipValue(json: string, from: number): number {
  const first = json[from];
  if (first === '"') return skipString(json, from);
  if (first !== "{" && first !== "[") {
    const end = /[,}\]\s]/g;
    end.lastIndex = from;
    return end.exec(json)?.index ?? json.length;
  }
  let depth = 0;
  let at = from;
  do {
    const character = json[at];
    if (character === '"') {
      at = skipString(json, at);
      continue;
    }
    if (character === "{" || character === "[") depth++;
    else if (character === "}" || character === "]") depth--;
    at++;
  } while (depth > 0 && at < json.length);
  return at;
}
