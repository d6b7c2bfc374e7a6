import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import type { ContractDocument, Operation } from "./contract-document.js";

/** An answer as it came. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

/** Server-sent events. */
export const isStream = (contentType: unknown): boolean =>
  typeof contentType === "string" && contentType.startsWith("text/event-stream");

const DOCUMENT_ID = "contract.json";

/** Says what of an answer is not as documented. */
export class AnswerRules {
  readonly #ajv = new Ajv2020({ strict: false, allErrors: true });
  readonly #validators = new Map<string, ValidateFunction>();

  constructor({ components }: ContractDocument) {
    addFormats.default(this.#ajv);
    this.#ajv.addSchema({ $id: DOCUMENT_ID, components });
  }

  /** @returns undefined when it is as it should be */
  whyWrong(operation: Operation, { status, headers, text }: RawAnswer): string | undefined {
    if (status >= 500) return `${status} is a fault: ${text}`;
    const documented = operation.responses[String(status)];
    if (!documented) return `${status} is not documented: ${text}`;
    if (!documented.content)
      return text === "" ? undefined : `${status} has a body that is not documented: ${text}`;
    const type = String(headers["content-type"] ?? "");
    const schema = documented.content[type.split(";")[0] ?? ""]?.schema;
    if (!schema)
      return `${status} has the content type "${type}", documented is ${Object.keys(documented.content).join(", ")}`;
    if (isStream(type)) return undefined;
    const body = parse(text);
    if (body === undefined) return `${status} has a body that is not JSON: ${text}`;
    const validate = this.#validatorOf(`${operation.id} ${status} ${type}`, schema);
    if (!validate(body)) return `${status}: ${this.#ajv.errorsText(validate.errors)} in ${text}`;
    return whyWrongProblem(status, body);
  }

  #validatorOf(name: string, schema: object): ValidateFunction {
    let validate = this.#validators.get(name);
    if (!validate) {
      // References of the document are to itself.
      const text = JSON.stringify(schema).replaceAll('"#/components/', `"${DOCUMENT_ID}#/components/`);
      validate = this.#ajv.compile(JSON.parse(text) as object);
      this.#validators.set(name, validate);
    }
    return validate;
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function whyWrongProblem(status: number, body: unknown): string | undefined {
  if (status < 400 || typeof body !== "object" || body === null || !("status" in body)) return undefined;
  return body.status === status ? undefined : `${status} says in its body that it is ${String(body.status)}`;
}
