import { startSharedServices } from "@hooklane/testing";

/** Before the first file of this folder. Where there is none to run, jest leaves it out. */
export default async function setup() {
  // Jest has the teardown in the same process, and no other way to hand it something.
  globalThis.stopSharedServices = await startSharedServices();
}
