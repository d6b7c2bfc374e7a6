import { dropKeptServices } from "@hooklane/testing";

/** After the last file: the kept services have ended with jest's workers. */
export default async function teardown() {
  await dropKeptServices(process.env.HOOKLANE_TEST_RUN);
}
