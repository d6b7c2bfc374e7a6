import { execFile, execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { basename } from "node:path";
import { promisify } from "node:util";
import { SERVICE_NAMES } from "./service-catalogue.js";

const run = promisify(execFile);

/** Of the variables of a process those that say something about this machine, and nothing in a container. */
const MACHINE_VARIABLES = ["PATH", "HOME", "TMPDIR"];

/**
 * One service in a container of its image, on this machine's network: what `TEST_STACK=external` runs in place of
 * `apps/<name>/dist/main.js`, as restricted as by infra/docker-compose.yml.
 */
export class ServiceContainer {
  readonly name: string;
  readonly #project: string;
  readonly #image: string;

  private constructor(project: string, image: string) {
    this.#project = project;
    this.#image = image;
    this.name = `${project}-${basename(image).replace(":", "-")}-${randomBytes(4).toString("hex")}`;
  }

  /**
   * @param file `apps/<name>/dist/main.js`
   * @returns `undefined` where tests run processes
   */
  static for(file: string, env = process.env): ServiceContainer | undefined {
    const { HOOKLANE_TEST_COMPOSE_PROJECT: project, HOOKLANE_VERSION: version } = env;
    const [, folder] = /(?:^|\/)apps\/([^/]+)\/dist\/main\.js$/.exec(file) ?? [];
    const app = SERVICE_NAMES.find((name) => name === folder);
    if (!project || !version || app === undefined) return undefined;
    return new ServiceContainer(project, `hooklane/${app}:${version}`);
  }

  /**
   * The command that runs it to its end, prints its lines, passes signals on but for SIGKILL and SIGSTOP, and gives its exit
   * code.
   *
   * @param env the service's variables; the command has to be run with them
   */
  toCommand(env: Readonly<Record<string, string>>): readonly [string, readonly string[]] {
    const names = Object.keys({ ...env, HOST: "" }).filter((name) => !MACHINE_VARIABLES.includes(name));
    const restrictions = ["--read-only", "--cap-drop", "ALL", "--security-opt", "no-new-privileges"];
    return [
      "docker",
      [
        "run",
        "--rm",
        ...["--name", this.name, "--label", `hooklane.test=${this.#project}`],
        ...["--network", "host"],
        ...restrictions,
        // By name only: values, among them keys, are not seen in the list of processes.
        ...names.flatMap((name) => ["--env", name]),
        this.#image,
      ],
    ];
  }

  /** One that has ended is no fault. */
  async kill(): Promise<void> {
    await run("docker", ["kill", "--signal", "KILL", this.name]).catch(() => undefined);
  }

  /** For the end of this process, when nothing can be awaited. */
  killNow(): void {
    try {
      execFileSync("docker", ["kill", "--signal", "KILL", this.name], { stdio: "ignore" });
    } catch {
      // It has ended.
    }
  }

  /** Freezes or thaws it. */
  setPaused(isPaused: boolean): void {
    execFileSync("docker", [isPaused ? "pause" : "unpause", this.name], { stdio: "ignore" });
  }
}
