import { z } from "zod";
import { pemFault } from "./pem-file.js";

/** Scheme, user and password, hosts, database, options. */
const PARTS = /^(mongodb(?:\+srv)?):\/\/(?:([^@/?#]*)@)?([^@/?#\s]+)(?:\/([^?@/\s]*))?(?:\?(\S*))?$/;

/**
 * `MONGODB_URI`: TLS, user and password are part of it. Looked at here, as the driver's own messages about a URI it cannot
 * read hold pieces of it, passwords too. None of ours does.
 */
export const mongodbUri = z
  .string()
  .superRefine((uri, context) => {
    for (const message of findUriFaults(uri)) context.addIssue({ code: "custom", message });
  })
  .meta({
    description:
      "mongodb://user:password@host:port/?replicaSet=… (a replica set: change streams and transactions are used), with &tls=true&tlsCAFile=… for TLS and &authSource=… for the user's database",
    secret: true,
  });

function findUriFaults(uri: string): readonly string[] {
  const [, scheme, login, , , query = ""] = PARTS.exec(uri) ?? [];
  if (scheme === undefined) {
    return [
      uri.startsWith("mongodb")
        ? "cannot be read: a user or password with one of @ : / ? # % has it percent-encoded (%40 %3A %2F %3F %23 %25)"
        : "is not a MongoDB URI",
    ];
  }
  return [...findLoginFaults(login), ...findTlsFaults(scheme, new URLSearchParams(query))];
}

function findLoginFaults(login: string | undefined): readonly string[] {
  if (login === undefined) return [];
  const parts = login.split(":");
  const isReadable = parts.length <= 2 && parts[0] !== "" && parts.every(isDecodable);
  return isReadable ? [] : ["has a user or password with one of : % that is not percent-encoded (%3A %25)"];
}

function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

function findTlsFaults(scheme: string, options: URLSearchParams): readonly string[] {
  const faults: string[] = [];
  const option = (name: string) => find(options, name);
  // The driver ignores files when TLS is off, and connects in the clear.
  const isTls =
    (option("tls") ?? option("ssl")) === "true" || (scheme === "mongodb+srv" && option("tls") === undefined);
  for (const name of ["tlsCAFile", "tlsCertificateKeyFile"]) {
    const path = option(name);
    if (path === undefined) continue;
    if (!isTls) faults.push(`has ${name}, but not tls=true: connections would be in the clear`);
    const fault = pemFault("certificate", path);
    if (fault !== undefined) faults.push(`the ${name} ${path} ${fault}`);
  }
  return faults;
}

/** Names of options are not case-sensitive. */
function find(options: URLSearchParams, name: string): string | undefined {
  for (const [key, value] of options) if (key.toLowerCase() === name.toLowerCase()) return value;
  return undefined;
}
