/** A JSON Schema of the document, as far as values are made from it. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: boolean;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly format?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly example?: unknown;
}

export interface Parameter {
  readonly name: string;
  readonly in: "path" | "query" | "header";
  readonly required?: boolean;
  readonly schema: Schema;
}

interface Media {
  readonly content?: Readonly<Record<string, { readonly schema: Schema }>>;
}

interface OperationObject {
  readonly operationId: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: Media;
  readonly responses: Readonly<Record<string, Media>>;
  readonly security: readonly Readonly<Record<string, unknown>>[];
  readonly servers?: readonly unknown[];
}

/** `/v1/openapi.json`, as far as it is read. */
export interface ContractDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, OperationObject>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

/** One call of the contract. */
export interface Operation {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly parameters: readonly Parameter[];
  readonly body: { readonly contentType: string; readonly schema: Schema } | undefined;
  readonly responses: OperationObject["responses"];
  readonly isForOperator: boolean;
  /** Among others perhaps. */
  readonly isOpenToOperator: boolean;
  /** Answered by the event-ingestor. */
  readonly isIngest: boolean;
}

/** Reads come first and what undoes last, so that there is something to read; what the operator can break comes at the end. */
const ORDER = ["get", "post", "patch", "deactivate", "delete"];

/** The calls of a document, in the order in which they are made. */
export function readOperations({ paths }: ContractDocument): readonly Operation[] {
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => toOperation(path, method, operation)),
  );
  // What belongs to something is deleted before that is.
  const depth = ({ method, path }: Operation) => (method === "delete" ? path.split("{").length / 10 : 0);
  const rank = (operation: Operation) => {
    const { isForOperator, method, path } = operation;
    const step = ORDER.indexOf(path.endsWith("/deactivate") ? "deactivate" : method);
    return (isForOperator ? 10 : 0) + step - depth(operation);
  };
  return operations.sort((one, other) => rank(one) - rank(other));
}

function toOperation(path: string, method: string, operation: OperationObject): Operation {
  const [content] = Object.entries(operation.requestBody?.content ?? {});
  return {
    id: operation.operationId,
    method,
    path,
    parameters: operation.parameters ?? [],
    body: content && { contentType: content[0], schema: content[1].schema },
    responses: operation.responses,
    isForOperator: operation.security.every((keys) => "operatorKey" in keys),
    isOpenToOperator: operation.security.some((keys) => "operatorKey" in keys),
    isIngest: operation.servers !== undefined,
  };
}
