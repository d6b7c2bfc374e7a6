import type { ResolveWatch } from "./guarded-connector.js";

/** Which names are being resolved now. */
export class ResolveCounts implements ResolveWatch {
  readonly #counts = new Map<string, number>();

  onResolving(hostname: string): void {
    this.#counts.set(hostname, (this.#counts.get(hostname) ?? 0) + 1);
  }

  onResolved(hostname: string): void {
    const left = (this.#counts.get(hostname) ?? 1) - 1;
    if (left > 0) this.#counts.set(hostname, left);
    else this.#counts.delete(hostname);
  }

  isResolving(origin: string): boolean {
    return this.#counts.has(new URL(origin).hostname);
  }
}
