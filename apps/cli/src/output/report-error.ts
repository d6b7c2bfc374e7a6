import { HooklaneError } from "@hooklane/client";
import type { Settings } from "../settings.js";
import { UsageError } from "../usage-error.js";
import { toPrintable } from "./table.js";

/** What scripts may rely on. */
export const EXIT = {
  done: 0,
  /** The API refused, or did not find it. */
  refused: 1,
  /** The command was not given what it needs. */
  usage: 2,
  /** No answer, or one that says to come back later. */
  unavailable: 3,
  /** Stopped with Ctrl-C. */
  interrupted: 130,
} as const;

export interface ErrorReport {
  readonly text: string;
  readonly exitCode: number;
}

/** What the user reads of an error, and what a script does. */
export function reportError(error: unknown, settings: Settings | undefined): ErrorReport {
  if (error instanceof UsageError) return { text: error.message, exitCode: EXIT.usage };
  if (!(error instanceof HooklaneError)) {
    return {
      text: error instanceof Error ? (error.stack ?? error.message) : String(error),
      exitCode: EXIT.refused,
    };
  }
  const lines = [toPrintable(error.detail), ...toFieldLines(error), ...toAdvice(error, settings)];
  return { text: lines.join("\n"), exitCode: toExitCode(error) };
}

const toFieldLines = ({ errors }: HooklaneError): readonly string[] =>
  errors.map(({ path, message }) => toPrintable(`  ${path === "" ? "(body)" : path}: ${message}`));

function toAdvice(error: HooklaneError, settings: Settings | undefined): readonly string[] {
  switch (error.code) {
    case "unauthorized":
      return [`The key is from ${settings?.keySource ?? "nowhere"}.`];
    case "network":
      return ["Is it running? `npm start` starts it; --api-url and --ingest-url say where it is."];
    case "plan_upgrade_required": {
      const url = error.problem?.upgradeUrl;
      return url === undefined ? [] : [`Upgrade: ${toPrintable(url)}`];
    }
    case "precondition_failed":
      return ["Read it again, and give the version it has now with --if-version."];
    case "internal":
    case "unexpected_answer":
      return error.requestId === undefined
        ? []
        : [`The operator finds it by request ${toPrintable(error.requestId)}.`];
    case "rate_limited":
    case "unavailable":
    case "timeout":
      return error.retryAfter === undefined ? [] : [`Try again in ${error.retryAfter} s.`];
    default:
      return [];
  }
}

function toExitCode({ code }: HooklaneError): number {
  switch (code) {
    case "network":
    case "timeout":
    case "rate_limited":
    case "unavailable":
      return EXIT.unavailable;
    default:
      return EXIT.refused;
  }
}
