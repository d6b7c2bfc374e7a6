import { HooklaneError } from "@hooklane/client";
import { Alert, Button } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";

/** What keeps a change from overwriting somebody else's unseen. */
interface VersionGuard<Kept> {
  /** What the form began with: what moves under it does not change what is typed. */
  readonly before: Kept;
  /** Saves what differs from `before`, over the version that is known; tells when that moved. */
  readonly guard: <Saved>(save: (before: Kept, version: number) => Promise<Saved>) => Promise<Saved>;
  /** Says that it moved, and takes what is typed over it. */
  readonly notice: ReactNode;
}

/** @param refresh reads `latest` anew */
export function useVersionGuard<Kept extends { readonly version: number }>(
  latest: Kept,
  refresh: () => Promise<unknown>,
): VersionGuard<Kept> {
  const { t } = useTranslation();
  const [before] = useState(latest);
  const [version, setVersion] = useState(latest.version);
  const [hasMoved, setMoved] = useState(false);
  return {
    before,
    guard: async (save) => {
      try {
        return await save(before, version);
      } catch (error) {
        if (error instanceof HooklaneError && error.code === "precondition_failed") {
          // What is taken over is what is there now, so that is read before it is offered.
          await refresh();
          setMoved(true);
        }
        throw error;
      }
    },
    notice: hasMoved && (
      <Alert color="orange" mb="md" role="alert">
        {t("changedMeanwhile")}{" "}
        <Button size="compact-sm" variant="default" onClick={() => setVersion(latest.version)}>
          {t("saveOver")}
        </Button>
      </Alert>
    ),
  };
}
