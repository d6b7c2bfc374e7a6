import { AsyncLocalStorage } from "node:async_hooks";
import type { AuditActor } from "./audit-entry.js";

/** On whose behalf, and by which call, everything is changed that is changed meanwhile. */
export interface AuditContext {
  readonly actor: AuditActor;
  readonly operation: string;
  readonly requestId?: string;
  readonly ip?: string;
}

const contexts = new AsyncLocalStorage<AuditContext>();

/** Changes without a context are the service's own. */
const OWN: AuditContext = { actor: { kind: "system" }, operation: "system" };

/**
 * Does work in a context: every change the repositories write in it, however deep, is recorded under it. Handed along by
 * the runtime and not from function to function, so that no call on the way can forget it.
 */
export function runAudited<T>(context: AuditContext, work: () => Promise<T>): Promise<T> {
  return contexts.run(context, work);
}

/** The context of what runs now. */
export const currentAuditContext = (): AuditContext => contexts.getStore() ?? OWN;
