import { CONTACT_MUTATIONS } from "./contacts.mjs";
import { INTAKE_MUTATIONS } from "./intake.mjs";
import { LANE_MUTATIONS } from "./lanes.mjs";
import { LEASE_MUTATIONS } from "./lease.mjs";
import { RECOVERY_MUTATIONS } from "./recovery.mjs";
import { RULE_MUTATIONS } from "./shared-rule.mjs";
import { TEST_MUTATIONS } from "./tests.mjs";

/**
 * One rule of the protocol each, and how to take it out of the code. `lastDigits` are those of
 * the seeds that are about it; `heldBy` is the unit test that
 * holds a rule which runs meet too seldom.
 *
 * @type {readonly {
 *   name: string,
 *   rule: string,
 *   patches: readonly {file: string, from: string, to: string}[],
 *   lastDigits?: readonly number[],
 *   heldBy?: string,
 * }[]}
 */
export const MUTATIONS = [
  ...LEASE_MUTATIONS,
  ...INTAKE_MUTATIONS,
  ...LANE_MUTATIONS,
  ...RULE_MUTATIONS,
  ...TEST_MUTATIONS,
  ...CONTACT_MUTATIONS,
  ...RECOVERY_MUTATIONS,
];
