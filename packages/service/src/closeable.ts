/** An owner of resources (sockets, timers, consumers). `close()` is idempotent and resolves when nothing is left open. */
export interface Closeable {
  close(): Promise<void>;
}

/**
 * One `Closeable` out of many, closed one after the other in reverse order of opening, as what was opened last uses
 * what was opened first. A failing part does not keep the others open.
 *
 * @throws AggregateError after all were tried, naming what failed.
 */
export function closeInReverse(parts: readonly Closeable[]): Closeable {
  let closing: Promise<void> | undefined;
  return {
    close: () => (closing ??= closeAll([...parts].reverse())),
  };
}

async function closeAll(parts: readonly Closeable[]): Promise<void> {
  const failures: unknown[] = [];
  for (const part of parts) {
    try {
      await part.close();
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, "Parts did not close");
}
