import type { DestinationPolicy } from "@hooklane/core";
import { createGuardedLookup } from "./connecting/guarded-connector.js";
import { createNameResolver } from "./connecting/name-resolver.js";
import { GuardedPost } from "./guarded-post.js";

const UNWATCHED = { onResolving: () => undefined, onResolved: () => undefined };

/**
 * For calls to users' addresses that are no attempts.
 *
 * @param timeoutMs for the whole call, milliseconds
 * @param bodyBytesMax of an answer's body, bytes; 0: the status line is all that is waited for
 */
export function createGuardedPost(
  policy: DestinationPolicy,
  { timeoutMs, bodyBytesMax }: { readonly timeoutMs: number; readonly bodyBytesMax: number },
): GuardedPost {
  const lookup = createGuardedLookup(policy, UNWATCHED, createNameResolver());
  return new GuardedPost({ policy, lookup, timeoutMs, bodyBytesMax });
}
