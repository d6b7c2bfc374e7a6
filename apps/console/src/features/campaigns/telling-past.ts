import { HooklaneError } from "@hooklane/client";

/**
 * Saves; where the API finds that a time is over, says it as the form does. It is so for a form that stood open, or a
 * browser whose clock is slow.
 *
 * @param past the form's words
 */
export async function tellingPast(past: string, save: () => Promise<void>): Promise<void> {
  try {
    await save();
  } catch (error) {
    if (!(error instanceof HooklaneError)) throw error;
    const { code, detail, status, problem, requestId } = error;
    const errors = error.errors.map((fault) =>
      (fault.path === "date" || fault.path === "time") && fault.code === "too_small"
        ? ({ path: fault.path, code: "invalid_value", message: past } as const)
        : fault,
    );
    throw new HooklaneError({ code, detail, status, problem, requestId, errors, cause: error });
  }
}
