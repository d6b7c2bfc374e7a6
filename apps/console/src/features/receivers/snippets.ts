import java from "./snippets/WebhookSignature.java?raw";
import go from "./snippets/verify.go?raw";
import php from "./snippets/verify.php?raw";
import python from "./snippets/verify.py?raw";
import node from "./snippets/verify.ts?raw";

/** In every snippet at the place of the secret. */
const PLACEHOLDER = /whsec_[A-Za-z0-9+/=]+/;

/** The same check in each language; the files are programs, which tests run (snippets.test.ts). */
const SNIPPETS = [
  { id: "node", language: "Node.js / TypeScript", code: node },
  { id: "python", language: "Python", code: python },
  { id: "go", language: "Go", code: go },
  { id: "java", language: "Java", code: java },
  { id: "php", language: "PHP", code: php },
] as const;

/** @param secret in its place, where it is shown anyway */
export const toSnippets = (secret?: string) =>
  SNIPPETS.map((snippet) => ({
    ...snippet,
    // As it is: in what replaces, a dollar would be a mark.
    code: secret === undefined ? snippet.code : snippet.code.replace(PLACEHOLDER, () => secret),
  }));
