import { RELEASE } from "@hooklane/store";
import { startReceiver, startServices } from "@hooklane/testing";
import { expect, test } from "@jest/globals";
import { writeFixture } from "./support/fixtures.js";
import { takeInstallation } from "./support/installation.js";
import { makeState } from "./support/make-state.js";

const BYTES_MAX = 300_000;

/** No test: `npm run record-release` has the services of this release write what later ones have to go on with. */
test("the records and documents of this release are kept", async () => {
  const receiver = await startReceiver();
  const services = await startServices({ env: { DISPATCHER_RETRY_WAITS_S: "5,5,5" } });
  try {
    const state = await makeState(services, receiver);
    const installation = await takeInstallation(services, new URL(receiver.url("/")).host);
    const bytes = writeFixture({ release: RELEASE, state, installation });
    process.stdout.write(`${RELEASE}: ${bytes} bytes\n`);
    expect(bytes).toBeLessThan(BYTES_MAX);
  } finally {
    await services.stop();
    await receiver.close();
  }
}, 180_000);
