import { join } from "node:path";
import type { ServiceName, ServiceProcess, Services } from "@hooklane/testing";
import { expect } from "@jest/globals";
import { awaitArrivals } from "../../invariants/support/change.js";
import { scenario, type Scene } from "../../invariants/support/scenario.js";
import type { Traffic } from "../../invariants/support/traffic.js";
import { expectSound } from "../../invariants/support/verdict.js";
import { findPreviousRelease, REPOSITORY } from "./support/previous-release.js";
import { runToEnd } from "../support/run-to-end.js";

/** Those of which several may run: one of the other release starts beside, then the former one stops. */
const DOUBLED = ["router", "dispatcher", "health-monitor"] as const;
/** Those that are called at one address: the traffic's application tries again meanwhile. */
const REPLACED = ["event-ingestor", "subscription-api"] as const;

/** Beside all the others, on a machine with two cores. */
const READY_LIMIT_MS = 150_000;

const previous = await findPreviousRelease();

/** What runs now, by service. */
type Running = Map<ServiceName, ServiceProcess>;

/** As docs/upgrading.md has it: who reads what is new first, who writes it last; a rollback the other way round. */
async function roll(scene: Scene, traffic: Traffic, running: Running, to: "newer" | "former"): Promise<void> {
  const dir = to === "newer" ? REPOSITORY : previous.dir;
  const order = [...DOUBLED, ...REPLACED];
  for (const name of to === "newer" ? order : order.reverse()) {
    const former = running.get(name)!;
    const since = Date.now();
    running.set(name, await replace(scene.services, traffic, name, former, dir));
    await awaitArrivals(traffic, traffic.lines, Date.now());
    scene.figures.set(`${name} → ${to}`, `${Date.now() - since} ms until everything flows`);
    scene.figures.say(`${name} → ${to}: done`);
  }
}

async function replace(
  services: Services,
  traffic: Traffic,
  name: ServiceName,
  former: ServiceProcess,
  dir: string,
): Promise<ServiceProcess> {
  const isDoubled = (DOUBLED as readonly string[]).includes(name);
  const next = isDoubled ? await services.another(name) : former;
  if (!isDoubled) expect(await former.stop()).toBe(0);
  next.runFrom(dir);
  next.spawn();
  await next.waitReady(READY_LIMIT_MS);
  if (!isDoubled) return next;
  // Every line goes on while both releases run.
  await awaitArrivals(traffic, traffic.lines, Date.now());
  expect(await former.stop()).toBe(0);
  return next;
}

scenario(
  `from ${previous.name} to this build under load, service by service, and back: order kept, nothing lost or sent twice`,
  { dispatchers: 1, limitMs: 1_200_000, repository: previous.dir },
  async (scene) => {
    const { services } = scene;
    const names: readonly ServiceName[] = [...DOUBLED, ...REPLACED];
    const running: Running = new Map(names.map((name) => [name, services.service(name)]));
    const traffic = await scene.startTraffic({ workspaces: 2, webhooksEach: 4 });
    scene.partitions.watch();

    // While everything of the release before runs.
    const { stack, prefix } = services;
    const env = { ...process.env, MONGODB_URI: stack.mongodbUri, MONGODB_DATABASE: prefix };
    const migrated = await runToEnd(process.execPath, [join(REPOSITORY, "infra/docker/migrate.mjs")], env);
    expect(migrated).toMatchObject({ code: 0 });

    await roll(scene, traffic, running, "newer");
    // What the newer release makes, the former one has to go on with.
    const added = await scene.startTraffic({ workspaces: 1, webhooksEach: 2 });
    await awaitArrivals(added, added.lines, Date.now());
    await roll(scene, traffic, running, "former");
    await Promise.all([traffic.settle(), added.settle()]);
    await expectSound(scene, added);
    await expectSound(scene, traffic);
  },
);
