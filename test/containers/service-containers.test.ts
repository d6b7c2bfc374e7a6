import { describe, expect, test } from "@jest/globals";
import { eventually, joinSharedServices, SERVICE_NAMES } from "@hooklane/testing";
import { ComposedContainers } from "./support/composed-containers.js";

/** An orderly stop ends within 10 s (api.md §1). */
const STOP_MAX_MS = 10_000;

/** 5 s are promised on a machine that has nothing else to do; infra/README.md has the figures. */
const READY_MAX_MS = 60_000;

describe.each(SERVICE_NAMES)("the container of %s", (name) => {
  const containers = new ComposedContainers();

  test("runs without rights, writes nowhere, and is healthy", async () => {
    const seen = await eventually(async () => {
      const state = await containers.inspect(name);
      return state.State.Health?.Status === "healthy" && state;
    });
    expect(seen.Config.User).toBe("1000:1000");
    expect(seen.HostConfig).toMatchObject({ ReadonlyRootfs: true, Privileged: false, CapDrop: ["ALL"] });
    expect(await containers.listChanges(name)).toBe("");
  });

  test("ends in order on SIGTERM, with exit code 0, and is soon ready again", async () => {
    const services = joinSharedServices();
    try {
      const stopAt = performance.now();
      await containers.stop(name);
      const stopMs = performance.now() - stopAt;
      expect((await containers.inspect(name)).State.ExitCode).toBe(0);
      expect(stopMs).toBeLessThan(STOP_MAX_MS);

      const startAt = performance.now();
      await containers.start(name);
      const ready = async () => (await fetch(`${services.service(name).url}/readyz`)).status === 200;
      await eventually(ready, { deadlineMs: READY_MAX_MS });
      const readyMs = performance.now() - startAt;
      console.info(
        `${name}: stopped in ${Math.round(stopMs)} ms, ready ${Math.round(readyMs)} ms after its start`,
      );
    } finally {
      await services.stop();
    }
  });
});
