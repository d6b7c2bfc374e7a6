import { readFile } from "node:fs/promises";
import mjml2html from "mjml";

/** What the build makes of `disabled.mjml`, made in the test. */
export async function compileMailTemplate(): Promise<string> {
  const source = await readFile(new URL("../mail/disabled.mjml", import.meta.url), "utf8");
  const { html, errors } = await mjml2html(source);
  if (errors.length > 0) throw new Error(JSON.stringify(errors));
  return html;
}
