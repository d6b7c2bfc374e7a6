import { describe, expect, test } from "@jest/globals";
import { ServiceContainer } from "./service-container.js";

const FILE = "apps/router/dist/main.js";
const ENV = { HOOKLANE_TEST_COMPOSE_PROJECT: "hooklane-e2e-7", HOOKLANE_VERSION: "e2e" };

describe("a service in a container", () => {
  test("is what tests run only where they are told so, and only in place of a service", () => {
    expect(ServiceContainer.for(FILE, ENV)).toBeDefined();
    expect(ServiceContainer.for(FILE, {})).toBeUndefined();
    // It keeps files on this machine.
    expect(ServiceContainer.for("apps/demo/dist/main.js", ENV)).toBeUndefined();
  });

  test("is of the service's image, given names of variables but no value, and nothing of this machine's", () => {
    const [file, args] = ServiceContainer.for(FILE, ENV)!.toCommand({
      OPERATOR_KEY: "a-secret",
      PATH: "/bin",
      ROUTER_PORT: "1",
    });
    expect(file).toBe("docker");
    expect(args.at(-1)).toBe("hooklane/router:e2e");
    const given = args.filter((_, index) => args[index - 1] === "--env");
    expect(given).toEqual(["OPERATOR_KEY", "ROUTER_PORT", "HOST"]);
    expect(args.join(" ")).not.toContain("a-secret");
  });

  test("each has a name of its own", () => {
    const names = Array.from({ length: 3 }, () => ServiceContainer.for(FILE, ENV)?.name);
    expect(new Set(names).size).toBe(3);
  });
});
