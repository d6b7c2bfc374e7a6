import { isDuplicateKey } from "./store-error.js";

const ATTEMPTS = 5;

/**
 * Repeats a find-or-create that lost a race: the winner's document is found the next time.
 *
 * @throws the duplicate key when it is none of a race
 */
export async function retryDuplicateKey<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (attempt === ATTEMPTS || !isDuplicateKey(error)) throw error;
    }
  }
}
