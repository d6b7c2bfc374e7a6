import { readFile } from "node:fs/promises";

/** Reads the mail's HTML that the build made of `disabled.mjml`, from beside this module. */
export function readMailTemplate(): Promise<string> {
  return readFile(new URL("./disabled.html", import.meta.url), "utf8");
}
