import { StackError } from "./stack-error.js";

/**
 * How a stack differs from the open one, for tests of protected connections. Only for programs of this machine: in a
 * container the files and listeners of tests would have to be brought in.
 */
export interface StackSecurity {
  /** Settings of the broker, over ours. The listener at the stack's port has to stay open to whoever starts the stack. */
  readonly kafkaSettings?: Readonly<Record<string, string>>;
  /** Arguments when the broker's storage is formatted, such as `--add-scram`. */
  readonly kafkaFormatArguments?: readonly string[];
  /** Arguments of `mongod`, after ours. */
  readonly mongodArguments?: readonly string[];
  /** How `mongod` is reached then, as somebody who may make and change its replica set. */
  readonly mongodbUri?: string;
}

/** @returns the fault of a protected stack that would run in a container */
export function needsProgram(name: string): StackError {
  return new StackError(
    "nothing_available",
    `${name} with TLS or logins runs as a program only, and there is none here`,
  );
}
