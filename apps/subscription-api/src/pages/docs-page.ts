import { escapeHtml, toPage } from "./html.js";

/** What the page reads of an OpenAPI document; ours, so its form is known. */
export interface ShownDocument {
  readonly info: {
    readonly title: string;
    readonly version: string;
    readonly description?: string | undefined;
  };
  readonly paths?: Readonly<Record<string, object>> | undefined;
  readonly components?: { readonly schemas?: Readonly<Record<string, unknown>> | undefined } | undefined;
}

interface ShownOperation {
  readonly operationId: string;
  readonly summary: string;
  readonly tags: readonly string[];
  readonly security?: readonly Readonly<Record<string, unknown>>[];
  readonly parameters?: readonly ShownParameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: unknown }>> };
  readonly responses: Readonly<Record<string, ShownResponse>>;
}

interface ShownParameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly schema?: unknown;
  readonly description?: string;
}

interface ShownResponse {
  readonly description: string;
  readonly content?: Readonly<Record<string, { readonly schema: unknown }>>;
}

const METHODS = ["get", "post", "patch", "delete"] as const;

/** The API reference as one page that loads nothing else. */
export function docsPage(document: ShownDocument): string {
  const operations = Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    METHODS.flatMap((method) => {
      const operation = (item as Readonly<Record<string, ShownOperation | undefined>>)[method];
      return operation ? [{ method, path, operation }] : [];
    }),
  );
  const tags = [...new Set(operations.flatMap(({ operation }) => operation.tags))];
  const sections = tags.map((tag) => {
    const own = operations.filter(({ operation }) => operation.tags.includes(tag));
    return `<h2>${escapeHtml(tag)}</h2>${own.map(showOperation).join("")}`;
  });
  const schemas = Object.entries(document.components?.schemas ?? {}).map(
    ([name, schema]) =>
      `<details id="${escapeHtml(name)}"><summary><code>${escapeHtml(name)}</code></summary>${showJson(schema)}</details>`,
  );
  const { title, version, description = "" } = document.info;
  return toPage(
    `${title} API`,
    `<main><h1>${escapeHtml(title)} API ${escapeHtml(version)}</h1><p>${showText(description)}</p>
<p><a href="/v1/openapi.json">OpenAPI 3.1 document</a></p>${sections.join("")}<h2>Schemas</h2>${schemas.join("")}</main>`,
  );
}

function showOperation({
  method,
  path,
  operation,
}: {
  method: string;
  path: string;
  operation: ShownOperation;
}) {
  const access = operation.security?.some((each) => "operatorKey" in each)
    ? "operator's key"
    : "workspace's key";
  const bodies = Object.entries(operation.requestBody?.content ?? {}).map(
    ([type, { schema }]) => `<h4>Body, ${escapeHtml(type)}</h4>${showSchema(schema)}`,
  );
  return `<details id="${escapeHtml(operation.operationId)}"><summary><code>${method.toUpperCase()} ${escapeHtml(path)}</code> ${showText(operation.summary)}</summary>
<p>Takes the ${access}.</p>${showParameters(operation.parameters ?? [])}${bodies.join("")}
<h4>Answers</h4><table>${Object.entries(operation.responses).map(showResponse).join("")}</table></details>`;
}

function showParameters(parameters: readonly ShownParameter[]): string {
  if (parameters.length === 0) return "";
  const rows = parameters.map(
    ({ name, in: place, required, schema, description }) =>
      `<tr><td><code>${escapeHtml(name)}</code></td><td>${escapeHtml(place)}${required ? ", required" : ""}</td><td>${showText(description ?? describe(schema))}</td></tr>`,
  );
  return `<h4>Parameters</h4><table>${rows.join("")}</table>`;
}

const describe = (schema: unknown): string =>
  (schema as { readonly description?: string } | undefined)?.description ?? "";

function showResponse([status, { description, content }]: [string, ShownResponse]): string {
  const schemas = Object.values(content ?? {}).map(({ schema }) => showSchema(schema));
  return `<tr><td><code>${escapeHtml(status)}</code></td><td>${showText(description)} ${schemas.join("")}</td></tr>`;
}

function showSchema(schema: unknown): string {
  const name = /^#\/components\/schemas\/(.+)$/.exec((schema as { readonly $ref?: string }).$ref ?? "")?.[1];
  return name === undefined
    ? showJson(schema)
    : `<a href="#${escapeHtml(name)}"><code>${escapeHtml(name)}</code></a>`;
}

const showJson = (value: unknown): string => `<pre>${escapeHtml(JSON.stringify(value, undefined, 2))}</pre>`;

/** Text with `code` in back quotes. */
const showText = (text: string): string => escapeHtml(text).replaceAll(/`([^`]+)`/g, "<code>$1</code>");
