import { type FieldError, HooklaneError } from "@hooklane/client";
import { toFieldErrors, triggeredWebhook } from "@hooklane/contracts";
import { isFilled, type Pair, type RequestValues, toRequestBody } from "./request-values.js";

/** Stands for a password the API has and nobody sees. */
const KEPT = "kept";

/**
 * What the API would say of them, by its own schema. Paths are those of the body it gets, but for rows: `headerRows.2.key`
 * is the third header that stands in the form, `fieldRows.0.value` the first field of a form's data.
 *
 * @param isSaved whether the API has it already: then an empty password is the one it has
 */
export function checkRequest(values: RequestValues, isSaved: boolean): readonly FieldError[] {
  const keepsPassword = isSaved && values.password === "";
  const body = toRequestBody(keepsPassword ? { ...values, password: KEPT } : values);
  const checked = triggeredWebhook.safeParse(body);
  const errors = checked.success ? [] : toFieldErrors(checked.error.issues, body);
  return [...repeatedHeaders(values), ...toRowErrors(errors, values)];
}

/** As members of an object the second would take the place of the first, unseen. */
function repeatedHeaders({ headers }: RequestValues): readonly FieldError[] {
  const keys = headers.map(({ key }) => key.trim());
  return keys.flatMap((key, index) =>
    key !== "" && keys.indexOf(key) < index
      ? [{ path: `headerRows.${index}.key`, code: "duplicate" as const, message: "stands twice" }]
      : [],
  );
}

/** Saves; what the API refuses of rows is told by the paths of {@link checkRequest}, where it stands in the form. */
export async function tellingRows<Saved>(values: RequestValues, save: () => Promise<Saved>): Promise<Saved> {
  try {
    return await save();
  } catch (error) {
    if (!(error instanceof HooklaneError)) throw error;
    const { code, detail, status, problem, requestId } = error;
    const errors = toRowErrors(error.errors, values);
    throw new HooklaneError({ code, detail, status, problem, requestId, errors, cause: error });
  }
}

function toRowErrors(
  errors: readonly FieldError[],
  { headers, fields }: Pick<RequestValues, "headers" | "fields">,
): readonly FieldError[] {
  return errors.map((error) => {
    const path = toHeaderRow(error, headers) ?? toFieldRow(error, fields);
    return path === undefined ? error : { ...error, path };
  });
}

function toHeaderRow({ path, code }: FieldError, headers: readonly Pair[]): string | undefined {
  if (!path.startsWith("headers.")) return undefined;
  const name = path.slice("headers.".length);
  const index = headers.findIndex((row) => isFilled(row) && row.key.trim() === name);
  return index === -1
    ? undefined
    : `headerRows.${index}.${code === "invalid_header_value" ? "value" : "key"}`;
}

function toFieldRow({ path }: FieldError, fields: readonly Pair[]): string | undefined {
  const found = /^body\.(\d+)(?:\.(name|value))?$/.exec(path);
  if (!found) return undefined;
  const row = fields.filter(isFilled)[Number(found[1])];
  return row && `fieldRows.${fields.indexOf(row)}.${found[2] === "name" ? "key" : "value"}`;
}
