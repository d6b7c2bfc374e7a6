/**
 * Every field of every collection that holds a secret; `*` stands for each element of an array. What is in this table is
 * sealed when it is stored, opened when it is read, resealed by the key rotation and masked in the audit log. A secret
 * that is not in it is stored as plain text.
 */
export const SECRET_FIELDS = {
  webhooks: [
    "secrets.*.value",
    "auth.password",
    "auth.token",
    "auth.clientSecret",
    "clientCertificate.privateKey",
  ],
  workspaces: ["operationalWebhook.secret"],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** Collections whose documents have secrets. */
export type SecretCollection = keyof typeof SECRET_FIELDS;

export const SECRET_COLLECTIONS = Object.keys(SECRET_FIELDS) as readonly SecretCollection[];

/** A secret in a document. */
export interface FoundSecret {
  /** As {@link SECRET_FIELDS} writes it: `secrets.*.value`. */
  readonly field: string;
  /** Where it stands: `secrets.0.value`. */
  readonly path: string;
  readonly value: string;
}

/** The secrets of a collection's documents; none where the table has none. */
export const secretFieldsOf = (collection: string): readonly string[] =>
  Object.hasOwn(SECRET_FIELDS, collection) ? SECRET_FIELDS[collection as SecretCollection] : [];

/** A copy of the document with each of these fields changed; what does not have them is the same object. */
export function mapFields<Document extends object>(
  fields: readonly string[],
  document: Document,
  change: (value: string, field: string) => string,
): Document {
  return fields.reduce<unknown>(
    (mapped, field) => mapPath(mapped, field.split("."), (value) => change(value, field)),
    document,
  ) as Document;
}

/** Every secret in a document. */
export function listSecrets(collection: string, document: object): readonly FoundSecret[] {
  return secretFieldsOf(collection).flatMap((field) =>
    listPath(document, field.split("."), []).map(({ path, value }) => ({ field, path, value })),
  );
}

function mapPath(value: unknown, path: readonly string[], change: (value: string) => string): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return typeof value === "string" ? change(value) : value;
  if (step === "*") return Array.isArray(value) ? value.map((part) => mapPath(part, rest, change)) : value;
  if (!hasField(value, step)) return value;
  return { ...value, [step]: mapPath(value[step], rest, change) };
}

function listPath(
  value: unknown,
  path: readonly string[],
  walked: readonly string[],
): { path: string; value: string }[] {
  const [step, ...rest] = path;
  if (step === undefined) return typeof value === "string" ? [{ path: walked.join("."), value }] : [];
  if (step === "*") {
    const parts: readonly unknown[] = Array.isArray(value) ? value : [];
    return parts.flatMap((part, index) => listPath(part, rest, [...walked, String(index)]));
  }
  return hasField(value, step) ? listPath(value[step], rest, [...walked, step]) : [];
}

const hasField = (value: unknown, name: string): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && Object.hasOwn(value, name);
