import { Hooklane } from "@hooklane/client";
import type { Command } from "commander";
import { type Column, formatTable } from "./output/table.js";
import { type ConnectionFlags, readSettings, type Settings } from "./settings.js";
import type { Terminal } from "./terminal.js";

/** What a run of the program has from outside. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly terminal: Terminal;
  /** Aborted with Ctrl-C. */
  readonly signal: AbortSignal;
}

interface GlobalFlags extends ConnectionFlags {
  readonly json?: boolean;
}

/** One run: the API on one side, the terminal on the other. */
export class Session {
  readonly terminal: Terminal;
  readonly signal: AbortSignal;
  readonly #surroundings: Surroundings;
  #flags: GlobalFlags = {};
  #settings: Settings | undefined;

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings;
    this.terminal = surroundings.terminal;
    this.signal = surroundings.signal;
  }

  /** Called with the command at hand, before it is carried out. */
  begin(command: Command): void {
    this.#flags = command.optsWithGlobals<GlobalFlags>();
  }

  /** Known once the API was asked for. */
  get settings(): Settings | undefined {
    return this.#settings;
  }

  get isJson(): boolean {
    return this.#flags.json === true;
  }

  /** @throws UsageError when it is not known where it is, or with which key */
  connect(): Hooklane {
    const { env, cwd } = this.#surroundings;
    this.#settings = readSettings(this.#flags, env, cwd);
    return new Hooklane({ ...this.#settings, signal: this.signal });
  }

  /** One thing: as the API gave it, or as text for people. */
  show<Value>(value: Value, toText: (value: Value) => string): void {
    this.terminal.print(this.isJson ? JSON.stringify(value, undefined, 2) : toText(value));
  }

  /** A page: as the API gave it, or as a table with how to go on. */
  showPage<Row>(
    page: { readonly data: readonly Row[]; readonly nextCursor: string | null },
    columns: readonly Column<Row>[],
  ): void {
    this.show(page, ({ data, nextCursor }) => {
      const table = data.length === 0 ? "None." : formatTable(data, columns);
      return nextCursor === null ? table : `${table}\nMore: --cursor ${nextCursor}`;
    });
  }
}
