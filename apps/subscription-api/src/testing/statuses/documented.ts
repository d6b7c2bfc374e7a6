import { readFileSync } from "node:fs";

interface Response {
  readonly description: string;
  readonly content?: Readonly<Record<string, unknown>>;
}

interface Described {
  readonly operationId: string;
  readonly security: readonly Readonly<Record<string, unknown>>[];
  readonly parameters?: readonly { readonly in: string; readonly name: string }[];
  readonly requestBody?: object;
  readonly responses: Readonly<Record<string, Response>>;
}

/** An operation as the published document has it. */
export interface Documented {
  readonly operationId: string;
  readonly method: string;
  readonly path: string;
  /** Names of the schemes that open it. */
  readonly keys: readonly string[];
  readonly hasBody: boolean;
  /** The answer has no end. */
  readonly isStream: boolean;
  readonly answers: readonly DocumentedAnswer[];
}

/** What an operation can answer with. `code`: of its problem document; undefined of success. */
interface DocumentedAnswer {
  readonly status: number;
  readonly code: string | undefined;
}

const published = new URL("../../../../../packages/client/openapi.json", import.meta.url);

/** The call another service answers, whose tests are beside it: `apps/event-ingestor`. */
const ELSEWHERE = "sendEvents";

/** Every operation of this service with every answer the document has. It is the served one: `published-document.test`. */
export function readDocumented(): readonly Documented[] {
  const { paths } = JSON.parse(readFileSync(published, "utf8")) as {
    paths: Record<string, Record<string, Described>>;
  };
  return Object.entries(paths)
    .flatMap(([path, operations]) =>
      Object.entries(operations).map(([method, described]) => toDocumented(path, method, described)),
    )
    .filter(({ operationId }) => operationId !== ELSEWHERE);
}

function toDocumented(path: string, method: string, described: Described): Documented {
  const { operationId, security, requestBody, responses } = described;
  return {
    operationId,
    method: method.toUpperCase(),
    path,
    keys: security.flatMap((scheme) => Object.keys(scheme)),
    hasBody: requestBody !== undefined,
    isStream: responses["200"]?.content?.["text/event-stream"] !== undefined,
    answers: Object.entries(responses).flatMap(([status, response]) => toAnswers(Number(status), response)),
  };
}

/** A problem's description lists its codes, each in backticks before its title. */
function toAnswers(status: number, { description }: Response): readonly DocumentedAnswer[] {
  if (status < 400) return [{ status, code: undefined }];
  const codes = [...description.matchAll(/`(\w+)`:/g)].flatMap(([, code]) => code ?? []);
  return codes.map((code) => ({ status, code }));
}
