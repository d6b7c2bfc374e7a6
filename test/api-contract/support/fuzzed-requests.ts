import fc from "fast-check";
import type { Operation, Parameter } from "./contract-document.js";
import type { KnownObjects } from "./known-objects.js";
import type { SchemaValues } from "./schema-values.js";
import { spoiled } from "./spoil.js";

/** A request as it goes out; plain data, so that a counterexample can be read and made again. */
export interface FuzzedRequest {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Which of the keys it has; headers hold it. */
  readonly key: string;
  readonly body: FuzzedBody;
}

/** `bytes` in hex. */
type FuzzedBody =
  | { readonly kind: "none" }
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "bytes"; readonly hex: string };

/** Keys of every kind, by a name to read. */
export type Keys = Readonly<Record<"right" | "other" | "scopeless", string>>;

const ODD_KEYS = {
  none: undefined,
  unknown: "Bearer hl_live_nobody0000000000000000",
  basic: "Basic bGVhOnNlY3JldA==",
  empty: "Bearer ",
  long: `Bearer ${"k".repeat(4_000)}`,
} as const;

const ODD_TEXTS = [
  "{",
  "",
  "nul",
  '{"a":1}{}',
  '"\\ud800"',
  "[1,]",
  "\ufeff{}",
  '{"__proto__":{"a":1}}',
  "[".repeat(5_000),
];
const ODD_BYTES = ["ff", "7b22ff223a317d", "1f8b0800", "00"];
const CONTENT_TYPES = [
  "application/json; charset=utf-8",
  "application/json; charset=utf-16",
  "application/merge-patch+json",
  "text/plain",
  "application/x-www-form-urlencoded",
  "application/jsonx",
  "",
];
/** Above every limit of a body. */
const TOO_LARGE = `{"name":"${"x".repeat(1_100_000)}"}`;

/** Requests to one operation: right ones, nearly right ones and wrong ones. */
export function fuzzedRequests(
  operation: Operation,
  values: SchemaValues,
  known: KnownObjects,
  keys: Keys,
): fc.Arbitrary<FuzzedRequest> {
  return fc
    .record({
      path: toPath(operation, known),
      query: toQuery(operation, values),
      key: toKey(keys),
      body: toBody(operation, values),
      contentType: mostly(
        fc.constant(operation.body?.contentType ?? "application/json"),
        fc.constantFrom(...CONTENT_TYPES),
      ),
      headers: toHeaders(operation),
    })
    .map(({ path, query, key, body, contentType, headers }) => ({
      method: operation.method.toUpperCase(),
      path: `${path}${query}`,
      key: key.name,
      headers: {
        ...(key.value !== undefined && { authorization: key.value }),
        ...(body.kind !== "none" && contentType !== "" && { "content-type": contentType }),
        ...headers,
      },
      body,
    }));
}

/** The first nine times of ten, so that most requests are wrong in one way at most. */
const mostly = <T>(usual: fc.Arbitrary<T>, odd: fc.Arbitrary<T>): fc.Arbitrary<T> =>
  fc.oneof({ arbitrary: usual, weight: 9 }, { arbitrary: odd, weight: 1 });

function toPath({ path }: Operation, known: KnownObjects): fc.Arbitrary<string> {
  const parts = path.split("/").map((part, index, all) => {
    if (!part.startsWith("{")) return fc.constant(part);
    const ids = known.idsOf(all[index - 1] ?? "");
    const odd = fc.oneof(
      fc.string({ minLength: 1, maxLength: 30 }),
      fc.constantFrom("%", "%00", "%ff", "a%2fb", "x".repeat(3_000)),
    );
    const encoded = odd.map((text) => (text.startsWith("%") || text.startsWith("a%") ? text : encode(text)));
    return ids.length === 0 ? encoded : mostly(fc.constantFrom(...ids.map(encode)), encoded);
  });
  const isOfItsParent = mostly(fc.constant(true), fc.constant(false));
  return fc
    .tuple(isOfItsParent, ...parts)
    .map(([isOfIts, ...texts]) => (isOfIts ? withParents(texts, known) : texts).join("/"));
}

/** What belongs to something is found under that alone. */
const withParents = (texts: readonly string[], known: KnownObjects): readonly string[] =>
  texts.map((text, index) => known.parentOf(texts[index + 2] ?? "") ?? text);

/** Lone surrogates cannot be encoded. */
const toWellFormed = (text: string): string => Buffer.from(text).toString();

/** One segment of a path: dots alone would lead elsewhere. */
const encode = (text: string): string => encodeURIComponent(/^\.+$/.test(text) ? "dots" : toWellFormed(text));

function toQuery({ parameters }: Operation, values: SchemaValues): fc.Arbitrary<string> {
  const known = parameters.filter((parameter) => parameter.in === "query");
  const pairs = known.map((parameter) => toPair(parameter, values));
  const right = fc
    .subarray(pairs.map((_, index) => index))
    .chain((chosen) => fc.tuple(...chosen.map((index) => pairs[index] ?? fc.constant(""))));
  const odd = fc.constantFrom(
    "colour=red",
    "limit=",
    "limit=1&limit=2",
    "cursor=%00",
    "limit[a]=1",
    "%=1",
    "__proto__=1",
    "cursor=eyJhIjoxfQ",
  );
  return mostly(
    right.map((texts) => texts.filter((text) => text !== "")),
    fc.tuple(right, odd).map(([texts, text]) => [...texts, text]),
  ).map((texts) => (texts.length === 0 ? "" : `?${texts.join("&")}`));
}

function toPair({ name, schema }: Parameter, values: SchemaValues): fc.Arbitrary<string> {
  const text = mostly(
    values.of(schema, name),
    fc.oneof(fc.string(), fc.integer(), fc.constantFrom("", "x".repeat(2_000), "-1", "1e9", "NaN")),
  );
  return text.map((value) => `${name}=${encodeURIComponent(toWellFormed(String(value)))}`);
}

function toKey(keys: Keys): fc.Arbitrary<{ readonly name: string; readonly value: string | undefined }> {
  const named = Object.entries(keys).map(([name, key]) => ({ name, value: `Bearer ${key}` }));
  const odd = Object.entries(ODD_KEYS).map(([name, value]) => ({ name, value }));
  const [right = { name: "none", value: undefined }, ...others] = named;
  return mostly(fc.constant(right), fc.constantFrom(...others, ...odd));
}

function toBody({ body, method }: Operation, values: SchemaValues): fc.Arbitrary<FuzzedBody> {
  const none = fc.constant<FuzzedBody>({ kind: "none" });
  if (method === "get") return none;
  const odd: fc.Arbitrary<FuzzedBody> = fc.oneof(
    fc.constantFrom(...ODD_TEXTS).map((text) => ({ kind: "text" as const, text })),
    fc.constantFrom(...ODD_BYTES).map((hex) => ({ kind: "bytes" as const, hex })),
    fc.constant({ kind: "text" as const, text: TOO_LARGE }),
    fc.jsonValue().map((value) => ({ kind: "text" as const, text: JSON.stringify(value) })),
    none,
  );
  if (!body) return mostly(none, odd);
  const right = values.of(body.schema);
  return fc.oneof(
    { arbitrary: right.map(toText), weight: 9 },
    { arbitrary: spoiled(right).map(toText), weight: 9 },
    { arbitrary: odd, weight: 2 },
  );
}

const toText = (value: unknown): FuzzedBody => ({
  kind: "text",
  text: value === undefined ? "" : JSON.stringify(value),
});

function toHeaders({ parameters, method }: Operation): fc.Arbitrary<Readonly<Record<string, string>>> {
  const names = parameters.filter((parameter) => parameter.in === "header").map(({ name }) => name);
  const headers: Record<string, fc.Arbitrary<string>> = {};
  if (names.includes("If-Match"))
    headers["if-match"] = fc.constantFrom("*", '"1"', '"999999"', "1", 'W/"1"', '"1", "2"', '""');
  if (names.includes("Idempotency-Key")) {
    // Few of them, so that they meet again with other requests.
    headers["idempotency-key"] = fc.oneof(fc.constantFrom("k1", "k2", "k3", "", "x".repeat(256)), fc.uuid());
  }
  if (method !== "get")
    headers["content-encoding"] = fc.constantFrom("gzip", "deflate", "br", "identity", "nonsense");
  headers["x-request-id"] = fc.constantFrom("mine", "x".repeat(500), "a b");
  // Each stands alone and seldom; together they would only hide each other.
  return mostly(
    fc.constant({}),
    fc.oneof(...Object.entries(headers).map(([name, value]) => value.map((text) => ({ [name]: text })))),
  );
}
