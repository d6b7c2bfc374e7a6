import { runToEnd } from "./run-to-end.mjs";
import { root } from "./paths.mjs";
import { UserError } from "./user-error.mjs";

/** Runs `docker`, and Compose for the files of infra/: the plugin, or docker-compose where there is only that. */
export class Docker {
  #env;
  #signal;
  #compose;

  /** @param env variables for Compose over those of this process */
  constructor(env, signal) {
    this.#env = env;
    this.#signal = signal;
  }

  /** @throws UserError when there is no engine that can be used, or no Compose */
  async assertUsable() {
    const { code, output } = await this.#try(["docker", "info", "--format", "{{.ServerVersion}}"]);
    if (code !== 0) throw new UserError(`no Docker engine can be used: ${output.split("\n").at(-1)}`);
    for (const compose of [["docker", "compose"], ["docker-compose"]]) {
      if ((await this.#try([...compose, "version"])).code === 0) this.#compose ??= compose;
    }
    if (this.#compose === undefined)
      throw new UserError("neither docker compose nor docker-compose is there");
  }

  /** The environment of commands. */
  get env() {
    return { ...process.env, ...this.#env };
  }

  /** The arguments of a Compose command, to be started by somebody else. */
  toComposeCommand({ project, files, args }) {
    const options = files.flatMap((file) => ["--file", `infra/${file}`]);
    return [...this.#compose, "--project-name", project, "--project-directory", "infra", ...options, ...args];
  }

  /** @returns what it printed */
  run(...args) {
    return this.#orFail(["docker", ...args]);
  }

  compose(command) {
    return this.#orFail(this.toComposeCommand(command));
  }

  async #orFail(command) {
    const { code, output } = await this.#try(command);
    if (code !== 0) throw new UserError(`${command.join(" ")} failed:\n${output}`);
    return output.trim();
  }

  async #try([command, ...args]) {
    try {
      return await runToEnd(command, args, {
        cwd: root,
        env: this.env,
        signal: this.#signal,
        output: "keep",
      });
    } catch (error) {
      if (error.code !== "ENOENT") throw error;
      return { code: null, output: `${command} is not installed` };
    }
  }
}
