import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";

interface DocumentedResponse {
  readonly content?: Readonly<Record<string, { readonly schema: object }>>;
}

interface DocumentedOperation {
  readonly responses: Readonly<Record<string, DocumentedResponse>>;
}

export interface OpenApiDocument {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, DocumentedOperation>>>>;
  readonly components: object;
}

/** Holds answers against the OpenAPI document: the contract that is published is the one that is kept. */
export class AnswerCheck {
  readonly #document: OpenApiDocument;
  readonly #ajv = new Ajv2020({ strict: false, allErrors: true });
  readonly #compiled = new Map<string, ValidateFunction>();

  constructor(document: OpenApiDocument) {
    this.#document = document;
    addFormats.default(this.#ajv);
    this.#ajv.addSchema({ $id: "openapi.json", components: document.components });
  }

  /** @throws when the document does not know the answer, or knows another one */
  assert(
    method: string,
    path: string,
    answer: {
      readonly status: number;
      readonly headers: Headers;
      readonly body: unknown;
      readonly text: string;
    },
  ): void {
    const template = this.#templateOf(path);
    const operation = template && this.#document.paths[template]?.[method.toLowerCase()];
    if (!operation) return;
    const documented = operation.responses[String(answer.status)];
    const where = `${method} ${path}: ${answer.status}`;
    if (!documented) throw new Error(`${where} is not documented: ${answer.text}`);
    if (!documented.content) {
      if (answer.text !== "") throw new Error(`${where} has a body that is not documented`);
      return;
    }
    const type = (answer.headers.get("content-type") ?? "").split(";")[0] ?? "";
    const schema = documented.content[type]?.schema;
    if (!schema) throw new Error(`${where} has the undocumented type ${type}`);
    const validate = this.#compile(`${where} ${template}`, schema);
    if (!validate(answer.body)) {
      throw new Error(`${where}: ${this.#ajv.errorsText(validate.errors)} in ${answer.text}`);
    }
  }

  #templateOf(path: string): string | undefined {
    const templates = Object.keys(this.#document.paths);
    return (
      templates.find((template) => template === path) ??
      templates.find((template) => new RegExp(`^${template.replaceAll(/\{\w+\}/g, "[^/]+")}$`).test(path))
    );
  }

  #compile(key: string, schema: object): ValidateFunction {
    let validate = this.#compiled.get(key);
    if (!validate) {
      // References in the document are to itself.
      const text = JSON.stringify(schema).replaceAll('"#/components/', '"openapi.json#/components/');
      validate = this.#ajv.compile(JSON.parse(text) as object);
      this.#compiled.set(key, validate);
    }
    return validate;
  }
}
