import { Code } from "@mantine/core";

/** Of a long line, so much on either side of the place. */
const AROUND = 60;

/** The line of a text that is wrong, with a mark below the place. */
export function ErrorPlace({
  text,
  line,
  column,
}: {
  readonly text: string;
  readonly line: number;
  readonly column: number;
}) {
  const whole = text.split("\n")[line - 1] ?? "";
  const from = Math.max(0, column - 1 - AROUND);
  const shown = whole.slice(from, column - 1 + AROUND);
  const number = `${line} | `;
  // Tabs are as wide as the line has them.
  const before = shown.slice(0, column - 1 - from).replaceAll(/[^\t]/g, " ");
  return <Code block aria-hidden>{`${number}${shown}\n${" ".repeat(number.length)}${before}^`}</Code>;
}
