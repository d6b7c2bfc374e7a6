import { Command, CommanderError } from "commander";
import { addContactCommands } from "./commands/contact-commands.js";
import { addDeliveryCommands } from "./commands/delivery-commands.js";
import { addEventCommands } from "./commands/event-commands.js";
import { addJourneyCommands } from "./commands/journey-commands.js";
import { addWebhookCommands } from "./commands/webhook-commands.js";
import { EXIT, reportError } from "./output/report-error.js";
import { Session, type Surroundings } from "./session.js";

const VERSION = "0.1.0";

/** What a run is, beside the words of the command line. */
export interface RunOptions extends Surroundings {
  /** Takes what went wrong, and help that was not asked for. */
  readonly printError: (text: string) => void;
}

/** Carries out one command line. @returns the exit code */
export async function run(args: readonly string[], options: RunOptions): Promise<number> {
  const session = new Session(options);
  try {
    await createProgram(session, options).parseAsync([...args], { from: "user" });
    return options.signal.aborted ? EXIT.interrupted : EXIT.done;
  } catch (error) {
    if (options.signal.aborted) return EXIT.interrupted;
    // Commander has said what is wrong already; whatever is wrong with a command line is 1 to it.
    if (error instanceof CommanderError) {
      return error.code === "commander.error" || error.exitCode === 0 ? error.exitCode : EXIT.usage;
    }
    const { text, exitCode } = reportError(error, session.settings);
    options.printError(`hooklane: ${text}`);
    return exitCode;
  }
}

function createProgram(session: Session, { terminal, printError }: RunOptions): Command {
  const program = new Command("hooklane")
    .description("Webhooks, events and deliveries of a workspace.")
    .version(VERSION)
    .option("--json", "answer as the API does, for scripts")
    .option("--api-key <key>", "or HOOKLANE_API_KEY; others on the machine can see flags")
    .option("--api-url <url>", "or HOOKLANE_API_URL")
    .option("--ingest-url <url>", "or HOOKLANE_INGEST_URL; where events go")
    .addHelpText("after", HELP)
    .showSuggestionAfterError()
    // Subcommands inherit both, so they are set before those are made.
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.print(text.trimEnd()),
      writeErr: (text) => printError(text.trimEnd()),
    })
    .hook("preAction", (_program, command) => session.begin(command));
  addWebhookCommands(program, session);
  addEventCommands(program, session);
  addDeliveryCommands(program, session);
  addJourneyCommands(program, session);
  addContactCommands(program, session);
  return program;
}

const HELP = `
Without flags and variables the demo of \`npm start\` is meant: .hooklane/demo.json, here or in a folder above.

Exit codes: 0 done; 1 refused or not found; 2 the command line is wrong; 3 not reachable, or busy; 130 Ctrl-C.

Examples:
  hooklane webhooks create --name CRM --url https://example.org/hooks --event-type contact.subscribed --active
  hooklane events send contact.subscribed --data '{"contact":{"id":"c_1","email":"lea@example.org"}}'
  hooklane deliveries tail --status dead_letter
  hooklane contacts import readers.csv --audience au_… --wait`;
