import { SchemaRegistry, SchemaType } from "@kafkajs/confluent-schema-registry";
import CircuitBreaker from "opossum";
import type { KafkaLog } from "../log.js";
import { avroOptions } from "./avro-options.js";
import { JsonSchemaCompiler } from "./json-schema-compiler.js";
import { ProtobufSchema } from "./protobuf-schema.js";

/** Reads the bytes behind a schema id; throws when they are not what the schema says. */
export type PayloadDecoder = (payload: Buffer) => unknown;

/** What the registry has under an id. */
export type SchemaLookup =
  | { readonly kind: "known"; readonly decode: PayloadDecoder }
  | { readonly kind: "unknown" }
  | { readonly kind: "unusable"; readonly detail: string }
  | { readonly kind: "unavailable" };

/** Where the registry is and how long it may take. */
export interface SchemaSourceOptions {
  /** Base URL of the Confluent API; user and password in it are used for HTTP Basic. */
  readonly url: string;
  readonly timeLimitMs: number;
  readonly logger: KafkaLog;
}

/** A file another one imports, by where the registry has it. */
interface SchemaReference {
  readonly name: string;
  readonly subject: string;
  readonly version: number;
}

/** The answer to `GET /schemas/ids/{id}`. */
interface SchemaAnswer {
  readonly schema: string;
  readonly schemaType?: string;
  readonly references?: readonly SchemaReference[];
}

type PermanentLookup = Exclude<SchemaLookup, { readonly kind: "unavailable" }>;

/** "No such id" is believed for so long: a flood of bad records asks once. Milliseconds. */
const REFUSAL_TTL_MS = 10_000;
const REFUSALS_MAX = 1_000;

/**
 * Schemas by id. What was read once stays, also while the registry is down. Every question goes through a circuit breaker
 * with a time limit, as the client has none of its own: a hung registry costs one partition half a second, then nothing
 * until the breaker tries again.
 */
export class SchemaSource {
  readonly #registry: SchemaRegistry;
  readonly #breaker: CircuitBreaker<[number], PermanentLookup>;
  readonly #logger: KafkaLog;
  readonly #probe: () => Promise<boolean>;
  readonly #known = new Map<number, PermanentLookup>();
  readonly #refused = new Map<number, { readonly lookup: PermanentLookup; readonly until: number }>();
  readonly #loading = new Map<number, Promise<SchemaLookup>>();
  readonly #answers = new Map<number, SchemaAnswer>();
  #isConfirmed = false;

  constructor({ url, timeLimitMs, logger }: SchemaSourceOptions) {
    this.#logger = logger;
    const { host, auth } = parseUrl(url);
    this.#probe = () => answersAsRegistry(host, auth, timeLimitMs);
    this.#registry = new SchemaRegistry(
      {
        host,
        ...(auth ? { auth } : {}),
        retry: { retries: 0 },
        middlewares: [
          () => ({
            prepareRequest: async (next) => (await next()).enhance({ timeout: timeLimitMs }),
            response: async (next) => {
              const response = await next();
              const id = Number(response.request().params().id);
              if (Number.isInteger(id)) this.#answers.set(id, response.data<SchemaAnswer>());
              return response;
            },
          }),
        ],
      },
      {
        [SchemaType.AVRO]: avroOptions,
        [SchemaType.JSON]: { ajvInstance: new JsonSchemaCompiler() as never },
      },
    );
    this.#breaker = new CircuitBreaker((id: number) => this.#load(id), {
      name: "schema-registry",
      timeout: timeLimitMs,
      resetTimeout: 1_000,
      errorThresholdPercentage: 50,
      volumeThreshold: 3,
      rollingPercentilesEnabled: false,
      enableSnapshots: false,
    });
    this.#breaker.on("open", () => logger.warn({}, "registry.breaker_opened"));
    this.#breaker.on("close", () => logger.info({}, "registry.breaker_closed"));
  }

  /** Asks the registry itself, for `/readyz`. */
  async isAvailable(): Promise<boolean> {
    return this.#probe();
  }

  /** At once when the id was looked up before, otherwise after at most the time limit. Never rejects. */
  lookup(id: number): SchemaLookup | Promise<SchemaLookup> {
    const known = this.#known.get(id);
    if (known) return known;
    const refused = this.#refused.get(id);
    if (refused && refused.until > performance.now()) return refused.lookup;
    const loading = this.#loading.get(id);
    if (loading) return loading;
    const started = this.#ask(id).finally(() => this.#loading.delete(id));
    this.#loading.set(id, started);
    return started;
  }

  /** Stops the breaker's timers. */
  close(): void {
    this.#breaker.shutdown();
  }

  async #ask(id: number): Promise<SchemaLookup> {
    try {
      const lookup = await this.#breaker.fire(id);
      if (lookup.kind === "known") this.#known.set(id, lookup);
      else this.#refuse(id, lookup);
      return lookup;
    } catch (err) {
      this.#logger.warn({ err, schemaId: id }, "registry.unavailable");
      return { kind: "unavailable" };
    }
  }

  #refuse(id: number, lookup: PermanentLookup): void {
    if (this.#refused.size >= REFUSALS_MAX) this.#refused.clear();
    this.#refused.set(id, { lookup, until: performance.now() + REFUSAL_TTL_MS });
  }

  /** @throws whatever may pass: counted by the breaker */
  async #load(id: number): Promise<PermanentLookup> {
    try {
      const schema = await this.#registry.getSchema(id);
      if (this.#answers.get(id)?.schemaType === "PROTOBUF") return await this.#loadProtobuf(id);
      return { kind: "known", decode: (payload) => schema.fromBuffer(payload) as unknown };
    } catch (error) {
      const status = (error as { status?: unknown }).status;
      // 400 is what the client makes of a refused or reset connection, too: only 404 says something about the schema.
      if (status === 404) return await this.#confirmUnknown(error);
      if (typeof status === "number") throw error;
      const answer = this.#answers.get(id);
      if (answer === undefined) throw error;
      if (answer.schemaType === "PROTOBUF") return await this.#loadProtobuf(id);
      return {
        kind: "unusable",
        detail: error instanceof Error ? error.message : "The schema cannot be read",
      };
    } finally {
      this.#answers.delete(id);
    }
  }

  async #loadProtobuf(id: number): Promise<PermanentLookup> {
    const answer = this.#answers.get(id);
    if (!answer) throw new Error("The schema's text was not seen");
    const imports = await this.#readImports(answer.references ?? []);
    try {
      const schema = new ProtobufSchema({ text: answer.schema, imports });
      return { kind: "known", decode: (payload) => schema.decode(payload) };
    } catch (error) {
      return {
        kind: "unusable",
        detail: error instanceof Error ? error.message : "The schema cannot be read",
      };
    }
  }

  async #readImports(references: readonly SchemaReference[]): Promise<string[]> {
    const seen = new Set<string>();
    const helper = protobufHelper();
    const texts: string[] = [];
    for (const reference of references) {
      const schemas = await this.#registry.getreferencedSchemasFromReference(reference, helper, seen);
      texts.push(...schemas.map(({ schema }) => schema as string));
    }
    return texts;
  }

  /** A wrong base URL answers 404 to everything; then no record may be refused for it. */
  async #confirmUnknown(error: unknown): Promise<PermanentLookup> {
    this.#isConfirmed ||= await this.#probe();
    if (!this.#isConfirmed) throw error;
    return { kind: "unknown" };
  }
}

type ReferenceHelper = Parameters<SchemaRegistry["getreferencedSchemasFromReference"]>[1];

/** The one method of the client's helpers that following references needs. */
function protobufHelper(): ReferenceHelper {
  return {
    toConfluentSchema: ({ schema, references }: SchemaAnswer) => ({
      type: SchemaType.PROTOBUF,
      schema,
      references,
    }),
  } as unknown as ReferenceHelper;
}

// A type alias: the client's own type has an index signature, which an interface does not satisfy.
// eslint-disable-next-line @typescript-eslint/consistent-type-definitions
type BasicAuth = {
  readonly username: string;
  readonly password: string;
};

function parseUrl(url: string): { host: string; auth: BasicAuth | undefined } {
  const parsed = new URL(url);
  const auth = parsed.username
    ? { username: decodeURIComponent(parsed.username), password: decodeURIComponent(parsed.password) }
    : undefined;
  parsed.username = "";
  parsed.password = "";
  return { host: parsed.href.replace(/\/$/, ""), auth };
}

async function answersAsRegistry(
  host: string,
  auth: BasicAuth | undefined,
  limitMs: number,
): Promise<boolean> {
  try {
    const headers: Record<string, string> = auth
      ? { authorization: `Basic ${Buffer.from(`${auth.username}:${auth.password}`).toString("base64")}` }
      : {};
    const response = await fetch(`${host}/schemas/types`, { headers, signal: AbortSignal.timeout(limitMs) });
    return response.ok && Array.isArray(await response.json());
  } catch {
    return false;
  }
}
