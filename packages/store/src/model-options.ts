import type { Connection, Model, Schema } from "mongoose";

/**
 * Options of every schema: a field that is not in it, in a write or a filter, is a defect of ours and throws; nothing
 * is added (`__v`), nothing left out (empty objects).
 */
export const modelOptions = {
  strict: "throw",
  strictQuery: "throw",
  versionKey: false,
  id: false,
  minimize: false,
  autoIndex: false,
  autoCreate: false,
} as const;

/** The model on this store's connection, made at its first use. */
export function modelOf<Document>(
  store: { readonly db: Connection },
  collection: string,
  schema: Schema<Document>,
): Model<Document> {
  const known = store.db.models[collection] as Model<Document> | undefined;
  return known ?? (store.db.model(collection, schema, collection) as unknown as Model<Document>);
}
