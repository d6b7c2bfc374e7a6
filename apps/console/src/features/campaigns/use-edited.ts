import { HooklaneError } from "@hooklane/client";
import { useState } from "react";

interface Edited<Element> {
  /** What the form began with: an object that changes under it does not change what is typed. */
  readonly before: Element;
  /** Somebody else was faster. */
  readonly hasMoved: boolean;
  /** From now on, what is typed is meant for what somebody else made of it. */
  readonly saveOver: () => void;
  /** Saves, and notes where that came too late. */
  readonly notingMoves: <Saved>(save: () => Promise<Saved>) => Promise<Saved>;
}

/** What is being changed, as the form took it up. */
export function useEdited<Element>(latest: Element): Edited<Element> {
  const [before, setBefore] = useState(latest);
  const [hasMoved, setMoved] = useState(false);
  return {
    before,
    hasMoved,
    saveOver: () => {
      setBefore(latest);
      setMoved(false);
    },
    notingMoves: async (save) => {
      try {
        return await save();
      } catch (error) {
        if (error instanceof HooklaneError && error.code === "precondition_failed") setMoved(true);
        throw error;
      }
    },
  };
}
