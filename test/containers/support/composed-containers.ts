import { execFile } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Of what `docker inspect` tells. */
export interface ContainerState {
  readonly State: { readonly ExitCode: number; readonly Health?: { readonly Status: string } };
  readonly Config: { readonly User: string };
  readonly HostConfig: Readonly<Record<string, unknown>>;
}

/** The containers the tests run on, by the names of infra/docker-compose.yml. */
export class ComposedContainers {
  readonly #project: string;

  /** @throws Error outside of `TEST_STACK=external npm test` */
  constructor({ HOOKLANE_TEST_COMPOSE_PROJECT: project } = process.env) {
    if (!project) throw new Error("No composed containers: TEST_STACK=external npm test starts them");
    this.#project = project;
  }

  /** SIGKILL, as when a machine is lost; Docker leaves it so. */
  async kill(service: string): Promise<void> {
    await run("docker", ["kill", "--signal", "KILL", await this.#idOf(service)]);
  }

  /** SIGTERM, and SIGKILL when it takes more than 15 s. */
  async stop(service: string): Promise<void> {
    await run("docker", ["stop", "--time", "15", await this.#idOf(service)]);
  }

  async start(service: string): Promise<void> {
    await run("docker", ["start", await this.#idOf(service)]);
  }

  async inspect(service: string): Promise<ContainerState> {
    const { stdout } = await run("docker", ["inspect", await this.#idOf(service)]);
    const [state] = JSON.parse(stdout) as [ContainerState];
    return state;
  }

  /** Files it has made, changed or removed on its root file system. */
  async listChanges(service: string): Promise<string> {
    return (await run("docker", ["diff", await this.#idOf(service)])).stdout.trim();
  }

  async #idOf(service: string): Promise<string> {
    const labels = [`project=${this.#project}`, `service=${service}`];
    const filters = labels.flatMap((label) => ["--filter", `label=com.docker.compose.${label}`]);
    const { stdout } = await run("docker", ["ps", "--all", "--quiet", ...filters]);
    return stdout.trim();
  }
}
