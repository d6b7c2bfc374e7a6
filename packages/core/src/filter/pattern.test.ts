import { describe, expect, jest, test } from "@jest/globals";
import fc from "fast-check";
import { RE2JS } from "re2js";
import { compilePattern, PATTERN_LENGTH_MAX } from "./pattern.js";
import { FilterTooCostlyError, StepBudget } from "./step-budget.js";

const compiled = (source: string, ignoreCase = false) => {
  const result = compilePattern(source, { ignoreCase });
  if (!result.ok) throw new Error(`${source}: ${result.message}`);
  return result.pattern;
};

const matches = (source: string, text: string, ignoreCase = false) =>
  compiled(source, ignoreCase).test(text, new StepBudget(10_000_000));

/** Steps a pattern takes on a text. */
const stepsOf = (source: string, text: string) => {
  const budget = new StepBudget(Number.MAX_SAFE_INTEGER);
  const { left } = budget;
  compiled(source).test(text, budget);
  return left - budget.left;
};

/** One of the characters of a text. */
const oneOf = (characters: string) => fc.constantFrom(...Array.from(characters));

describe("a pattern", () => {
  test.each([
    ["@example\\.org$", "lea@example.org", true],
    ["@example\\.org$", "lea@exampleXorg", false],
    ["^https?://", "http://a", true],
    ["^https?://", "ftp://a", false],
    ["^(?:paris|lyon)-\\d{2,4}$", "lyon-2026", true],
    ["^(?:paris|lyon)-\\d{2,4}$", "lyon-20265", false],
    ["^(?:paris|lyon)-\\d{2,4}$", "nice-20", false],
    ["\\bsale\\b", "a sale, now", true],
    ["\\bsale\\b", "wholesale", false],
    ["\\Bsale", "wholesale", true],
    ["^[^\\s@]+@[^\\s@]+$", "a b@c", false],
    ["^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$", "8a6e0804-2bd0-4672-b79d-d97027f9071a", true],
    ["^$", "", true],
    ["^$", "x", false],
    ["^a$", "b\na", false],
    ["", "anything", true],
    ["a|", "b", true],
    ["(a*)*b", "b", true],
    ["^(?:a|a)*b$", "aaaa", false],
    ["^a{3}$", "aaa", true],
    ["^a{2,}?$", "a", false],
    ["^a{0}b$", "b", true],
    ["^(?P<city>lyon)$", "lyon", true],
    [".", "\n", false],
    ["^.$", "💌", true],
    ["^[💋-💍]{2}$", "💌💌", true],
  ] as const)("%s on %j: %s", (source, text, expected) => expect(matches(source, text)).toBe(expected));

  test("ignores case when asked to, in classes too", () => {
    expect(matches("^straße [a-z]É$", "STRAßE Qé", true)).toBe(true);
    expect(matches("^[^a]$", "A", true)).toBe(false);
    expect(matches("^a$", "A")).toBe(false);
  });

  test.each([
    ["(?=a)", "look-around"],
    ["(?!a)", "look-around"],
    ["(?<=a)b", "look-around"],
    ["(?<!a)b", "look-around"],
    ["(a)\\1", "back-reference"],
    ["(?<name>a)\\k<name>", "back-reference"],
    ["(?>a)", "RE2's syntax"],
    ["\\p{L}", "escape sequence: \\p"],
    ["\\u0041", "escape sequence: \\u"],
    ["a**", "repetition operator: **"],
    ["*", "argument to repetition operator: *"],
    ["a{2,1}", "repeat count: {2,1}"],
    ["(a", "missing closing ): "],
    ["a)", "unexpected ): "],
    ["[a", "missing closing ]: [a"],
    ["[]", "missing closing ]: []"],
    ["[z-a]", "range: z-a"],
    ["a\\", "trailing backslash"],
    ["a{401}", "too large"],
    ["((a{50}){50}){50}", "too large"],
    ["(?:a?){1000}", "too large"],
    ["a".repeat(PATTERN_LENGTH_MAX + 1), "at most 200 characters"],
  ])("%s is refused: %s", (source, reason) => {
    for (const ignoreCase of [false, true]) {
      const result = compilePattern(source, { ignoreCase });
      expect(result).toEqual({ ok: false, message: expect.stringContaining(reason) });
    }
  });

  const texts = fc
    .array(oneOf("abAB01_- .\n\tzéÉßẞλΛkKıİ"), { maxLength: 12 })
    .map((characters) => characters.join(""));

  test("means what it means to RegExp with u, where docs/filters.md names no difference", () => {
    const atom = fc.constantFrom(
      "a",
      "b",
      "A",
      ".",
      "\\d",
      "\\D",
      "\\w",
      "\\W",
      "\\s",
      "\\S",
      "[a-b]",
      "[^a]",
      "[\\dB\\-]",
      "[^\\w]",
      "é",
      "λ",
      "\\.",
    );
    const assertion = fc.constantFrom("^", "$", "\\b", "\\B");
    const { pattern } = fc.letrec<{ pattern: string; quantified: string; part: string }>((tie) => ({
      quantified: fc
        .tuple(
          fc.oneof(
            // Deeper ones keep RegExp busy for minutes.
            { maxDepth: 2 },
            { weight: 4, arbitrary: atom },
            tie("pattern").map((inner) => `(${inner})`),
            tie("pattern").map((inner) => `(?:${inner})`),
          ),
          fc.constantFrom("", "", "*", "+", "?", "*?", "{2}", "{1,}", "{0,2}"),
        )
        .map(([part, quantifier]) => part + quantifier),
      part: fc.oneof({ weight: 4, arbitrary: tie("quantified") }, assertion),
      pattern: fc
        .array(fc.array(tie("part"), { maxLength: 3 }), { minLength: 1, maxLength: 2 })
        .map((choices) => choices.map((parts) => parts.join("")).join("|")),
    }));
    fc.assert(
      fc.property(pattern, fc.array(texts, { maxLength: 6 }), fc.boolean(), (source, given, ignoreCase) => {
        const result = compilePattern(source, { ignoreCase });
        fc.pre(result.ok);
        const native = new RegExp(source, ignoreCase ? "iu" : "u");
        for (const text of given) {
          expect([text, result.pattern.test(text, new StepBudget(1_000_000))]).toEqual([
            text,
            native.test(text),
          ]);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  test.each([
    ["^.$", "\r", true],
    ["^.$", "\u2028", true],
    ["\\s", "\u00a0", false],
    ["\\s", "\v", false],
    ["(?i)\\B", "ſ", true],
    ["^[\\d-z]$", "-", true],
    ["^a{,2}$", "a{,2}", true],
    ["^[]a]$", "]", true],
    ["^(?i)a$", "A", true],
    ["^(?s).$", "\n", true],
    ["(?m)^b$", "a\nb", true],
    ["^[[:upper:]]\\x{e9}\\Q.*\\E$", "Aé.*", true],
    ["\\Aa\\z", "a", true],
  ])("differs from RegExp as docs/filters.md says: %s on %j: %s", (source, text, expected) => {
    expect(matches(source, text)).toBe(expected);
  });

  test("that is anything at all compiles and can be matched, or is refused", () => {
    const sources = fc
      .array(oneOf("ab()[]{}|*+?^$\\.-,12dDwWsSbBQEPxzi:=!<>n/💌"), { maxLength: 24 })
      .map((characters) => characters.join(""));
    fc.assert(
      fc.property(sources, texts, fc.boolean(), (source, text, ignoreCase) => {
        const result = compilePattern(source, { ignoreCase });
        if (result.ok) expect(typeof result.pattern.test(text, new StepBudget(1_000_000))).toBe("boolean");
        else expect(result.message).toMatch(/^(?:is|has|must) /);
      }),
      { numRuns: 2_000 },
    );
  });

  test.each([
    "a{0,1000}".repeat(20),
    "(a?){0,1000}".repeat(16),
    "(?:a{1,30}){1,30}".repeat(11),
    `(?:${"a?".repeat(90)}){1000}`,
    `\\Q[\\E(?:${"a?".repeat(80)}){1000}\\Q]\\E`,
    `(?:${"a?".repeat(80)}[[:alpha:](]){1000}`,
  ])("%s is refused before it is built, which would take long", (source) => {
    const build = jest.spyOn(RE2JS, "compile");
    expect(compilePattern(source, { ignoreCase: true })).toMatchObject({ ok: false });
    expect(source.length).toBeLessThanOrEqual(PATTERN_LENGTH_MAX);
    expect(build).not.toHaveBeenCalled();
    build.mockRestore();
  });

  test.each(["(a|a)*b", "(a*)*b", "(a+)+$", "^(([a-z])+.)+[A-Z]([a-z])+$", "(.*a){20}", "(x+x+)+y"])(
    "%s takes steps in proportion to the text",
    (source) => {
      const short = stepsOf(source, "a".repeat(1_000));
      expect(stepsOf(source, "a".repeat(2_000))).toBeLessThanOrEqual(short * 2 + 2);
    },
  );

  test.each(["(?:(?:a|b|ab)*c?){20}!$", "(?:(?:a|b|ab)*c?){50}!$", "(?i)(?:a?b?){95}!$", "a.{350}b$"])(
    "%s is paid for in full: a step takes no longer than other steps",
    (source) => {
      const text = `!${"ab".repeat(2_000)}`;
      const pattern = compiled(source);
      const steps = stepsOf(source, text);
      const start = performance.now();
      pattern.test(text, new StepBudget(steps));
      // Nanoseconds; 80 to 200 are seen.
      expect(((performance.now() - start) * 1e6) / steps).toBeLessThan(2_000);
    },
  );

  test("is not begun with when its steps are not there", () => {
    const budget = new StepBudget(500);
    expect(() => compiled("a*b").test("a".repeat(1_000), budget)).toThrow(FilterTooCostlyError);
  });

  test("looks through a long text many times before its steps are used up", () => {
    const text = "Somebody wrote at length. ".repeat(400);
    for (const source of ["@example\\.org$", "^atelier-", "(?:paris|lyon|nice|marseille)"])
      expect(stepsOf(source, text)).toBeLessThan(250_000 / 3);
  });
});

describe("the library", () => {
  test("keeps no automaton for what is matched as we match", () => {
    const regex = RE2JS.compile("(?:a|b)*a(?:a|b){100}c?$");
    regex.matcher("ab".repeat(1_000)).find();
    expect(regex.re2().lazyDFA).toBeNull();
    regex.test("ab".repeat(1_000));
    expect(regex.re2().lazyDFA).not.toBeNull();
  });
});
