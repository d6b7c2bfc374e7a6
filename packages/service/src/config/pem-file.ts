import { createPrivateKey, X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { z } from "zod";

/** What a PEM file holds. */
export type PemKind = "certificate" | "key";

/**
 * The path of a PEM file that can be read and understood at start. Only the path is kept: what stands in the file is read
 * again for every new connection, as certificates are renewed while a service runs.
 *
 * @param what the file is for, in words that follow "a PEM file with"
 */
export function pemFile(kind: PemKind, what: string) {
  return z
    .string()
    .superRefine((path, context) => {
      const fault = pemFault(kind, path);
      if (fault !== undefined) context.addIssue({ code: "custom", message: fault });
    })
    .optional()
    .meta({ description: `the path of a PEM file with ${what}` });
}

/** @returns what is wrong with the file, or undefined */
export function pemFault(kind: PemKind, path: string): string | undefined {
  const pem = readFile(path);
  if (pem.fault !== undefined) return pem.fault;
  try {
    if (kind === "key") createPrivateKey(pem.text);
    else new X509Certificate(pem.text);
    return undefined;
  } catch {
    // The reader's own words could hold parts of a key.
    return kind === "key"
      ? "holds no private key that can be read without a passphrase"
      : "holds no certificate";
  }
}

/** @returns what is wrong with two files that are to belong together, or undefined; undefined too when one is unreadable */
export function pairFault(certificatePath: string, keyPath: string): string | undefined {
  const [certificate, key] = [readFile(certificatePath).text, readFile(keyPath).text];
  if (certificate === undefined || key === undefined) return undefined;
  try {
    const isPair = new X509Certificate(certificate).checkPrivateKey(createPrivateKey(key));
    return isPair ? undefined : "is not the key of the certificate";
  } catch {
    return undefined;
  }
}

type Read =
  { readonly text: string; readonly fault?: never } | { readonly fault: string; readonly text?: never };

function readFile(path: string): Read {
  try {
    return { text: readFileSync(path, "utf8") };
  } catch (error) {
    return {
      fault: `cannot be read: ${READ_FAULTS[(error as NodeJS.ErrnoException).code ?? ""] ?? "it fails"}`,
    };
  }
}

const READ_FAULTS: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  EACCES: "this process may not read it",
  EPERM: "this process may not read it",
  EISDIR: "it is a folder",
};
