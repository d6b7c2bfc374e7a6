import { readKept } from "./kept-secret.mjs";
import { demoFile } from "./paths.mjs";
import { UserError } from "./user-error.mjs";

/** The database the environment names, or that of the local start. */
export function readDatabase(env) {
  const uri = env.MONGODB_URI || localDatabase();
  if (uri === undefined) throw new UserError("MONGODB_URI is not set, and no local start has told its own");
  return { uri, database: env.MONGODB_DATABASE || "hooklane" };
}

function localDatabase() {
  const text = readKept(demoFile);
  return text === undefined ? undefined : JSON.parse(text).urls.mongodb;
}
