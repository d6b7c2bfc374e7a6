/** What is wrong with a JSON text that `JSON.parse` takes all the same. */
export interface JsonFault {
  readonly kind: "duplicate" | "too_deep";
  /** Names and indexes from the scanned value down to the fault. */
  readonly path: readonly string[];
}

/** What a scan found out about one value. */
export interface ScannedValue {
  readonly text: string;
  /** The first fault in it. */
  readonly fault: JsonFault | undefined;
  /** It has a number that may not survive reading and writing: more digits than a double holds, or an exponent. */
  readonly hasLongNumber: boolean;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const LOWER_E = 0x65;
const UPPER_E = 0x45;

/** A double holds every decimal of 15 digits; the sign and the point make it longer, which only costs a copy. */
const SAFE_NUMBER_LENGTH = 15;

/**
 * Walks a text that `JSON.parse` accepted, to see what parsing hides: members that stand twice in an object (a reader
 * may take the first, another the last), depth, and numbers that JavaScript would round. One pass, no values made.
 */
export class JsonScanner {
  readonly #text: string;
  readonly #depthMax: number;
  #at = 0;
  #fault: JsonFault | undefined;
  #hasLongNumber = false;
  readonly #path: (string | number)[] = [];

  /**
   * @param text valid JSON
   * @param depthMax objects and arrays may stand in each other this deep
   */
  constructor(text: string, depthMax: number) {
    this.#text = text;
    this.#depthMax = depthMax;
  }

  /** Whether the next value is an object or array; nothing is consumed. */
  isNext(opening: "{" | "["): boolean {
    this.#skipSpace();
    return this.#text[this.#at] === opening;
  }

  /** Consumes an object; `onMember` must consume the member's value. @returns a name that stands twice */
  object(onMember: (name: string) => void): string | undefined {
    let repeated: string | undefined;
    const names = new Set<string>();
    this.#list(() => {
      const name = this.#name();
      if (names.has(name)) repeated ??= name;
      names.add(name);
      onMember(name);
    });
    return repeated;
  }

  /** Consumes an array; `onItem` must consume the item. */
  array(onItem: (index: number) => void): void {
    let index = 0;
    this.#list(() => onItem(index++));
  }

  /** Consumes a value of any kind and tells about it. */
  value(): ScannedValue {
    this.#fault = undefined;
    this.#hasLongNumber = false;
    this.#skipSpace();
    const start = this.#at;
    this.#walk(0);
    return {
      text: this.#text.slice(start, this.#at),
      fault: this.#fault,
      hasLongNumber: this.#hasLongNumber,
    };
  }

  #walk(depth: number): void {
    this.#skipSpace();
    switch (this.#text[this.#at]) {
      case '"':
        this.#skipString();
        return;
      case "{":
      case "[":
        if (depth >= this.#depthMax) {
          this.#note("too_deep");
          this.#skipNested();
        } else {
          this.#walkNested(depth);
        }
        return;
      default:
        this.#skipScalar();
    }
  }

  #walkNested(depth: number): void {
    if (this.#text[this.#at] === "[") {
      this.array((index) => this.#walkBelow(index, depth));
      return;
    }
    const repeated = this.object((name) => this.#walkBelow(name, depth));
    if (repeated !== undefined) this.#note("duplicate", repeated);
  }

  #walkBelow(step: string | number, depth: number): void {
    this.#path.push(step);
    this.#walk(depth + 1);
    this.#path.pop();
  }

  #note(kind: JsonFault["kind"], name?: string): void {
    this.#fault ??= { kind, path: [...this.#path, ...(name === undefined ? [] : [name])].map(String) };
  }

  /** Consumes from an opening bracket to its closing one; `onEntry` consumes what stands before each comma. */
  #list(onEntry: () => void): void {
    this.#at++;
    this.#skipSpace();
    const first = this.#text[this.#at];
    if (first === "}" || first === "]") {
      this.#at++;
      return;
    }
    for (;;) {
      onEntry();
      this.#skipSpace();
      if (this.#text.charCodeAt(this.#at++) !== COMMA) return;
    }
  }

  #name(): string {
    this.#skipSpace();
    const start = this.#at;
    this.#skipString();
    const written = this.#text.slice(start, this.#at);
    const name = written.includes("\\") ? (JSON.parse(written) as string) : written.slice(1, -1);
    this.#skipSpace();
    if (this.#text.charCodeAt(this.#at) === COLON) this.#at++;
    return name;
  }

  #skipString(): void {
    let end = this.#at;
    let backslashes: number;
    do {
      end = this.#text.indexOf('"', end + 1);
      backslashes = 0;
      while (this.#text.charCodeAt(end - 1 - backslashes) === BACKSLASH) backslashes++;
    } while (backslashes % 2 === 1);
    this.#at = end + 1;
  }

  /** Consumes a number, true, false or null. */
  #skipScalar(): void {
    const start = this.#at;
    let hasExponent = false;
    for (; this.#at < this.#text.length; this.#at++) {
      const code = this.#text.charCodeAt(this.#at);
      // Space, comma, closing bracket or brace.
      if (code <= 0x20 || code === COMMA || code === 0x5d || code === 0x7d) break;
      if (code === LOWER_E || code === UPPER_E) hasExponent = true;
    }
    const isNumber = this.#text.charCodeAt(start) <= 0x39;
    if (isNumber && (hasExponent || this.#at - start > SAFE_NUMBER_LENGTH)) this.#hasLongNumber = true;
  }

  /** Consumes an object or array without looking into it, however deep it is. */
  #skipNested(): void {
    let open = 0;
    do {
      const code = this.#text.charCodeAt(this.#at);
      if (code === QUOTE) {
        this.#skipString();
        continue;
      }
      if (code === 0x7b || code === 0x5b) open++;
      if (code === 0x7d || code === 0x5d) open--;
      this.#at++;
    } while (open > 0 && this.#at < this.#text.length);
  }

  #skipSpace(): void {
    while (this.#text.charCodeAt(this.#at) <= 0x20) this.#at++;
  }
}
