/**
 * Loaded before the dispatcher: every resolver it makes asks the DNS server at `TEST_DNS_SERVER`. What the process asks of
 * the network is the test's to answer, or not; nothing else of it is touched.
 */
import { promises } from "node:dns";
import { syncBuiltinESMExports } from "node:module";

const { Resolver } = promises;
const server = process.env.TEST_DNS_SERVER;

promises.Resolver = class extends Resolver {
  constructor(options) {
    super(options);
    this.setServers([server]);
  }
};
syncBuiltinESMExports();
