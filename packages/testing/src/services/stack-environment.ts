/** Where the real stack is, as `npm test` states it. */
export interface StackEnvironment {
  readonly brokers: readonly string[];
  readonly mongodbUri: string;
  readonly schemaRegistryUrl: string | undefined;
}

/**
 * Reads `KAFKA_BROKERS`, `MONGODB_URI` and `SCHEMA_REGISTRY_URL` of this process.
 *
 * @throws Error when one of the first two is missing
 */
export function readStackEnvironment(): StackEnvironment {
  const { KAFKA_BROKERS, MONGODB_URI, SCHEMA_REGISTRY_URL } = process.env;
  if (!KAFKA_BROKERS || !MONGODB_URI) {
    throw new Error("KAFKA_BROKERS and MONGODB_URI name the stack the tests run on; `npm test` sets both");
  }
  return {
    brokers: KAFKA_BROKERS.split(","),
    mongodbUri: MONGODB_URI,
    schemaRegistryUrl: SCHEMA_REGISTRY_URL === "" ? undefined : SCHEMA_REGISTRY_URL,
  };
}
