import { HooklaneError } from "@hooklane/client";
import { Stack } from "@mantine/core";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useRememberedResends } from "./remembered-resends.js";
import { ResendProgress } from "./resend-progress.js";
import { useJob } from "./resend-queries.js";

/** The resends begun here, until each was followed to its end and closed. */
export function ResendJobs() {
  const { t } = useTranslation("resend");
  const { ids, forget } = useRememberedResends();
  if (ids.length === 0) return null;
  return (
    <Stack component="section" aria-label={t("jobs")} mb="md">
      {ids.map((id) => (
        <RememberedResend key={id} id={id} onForget={() => forget(id)} />
      ))}
    </Stack>
  );
}

function RememberedResend({ id, onForget }: { readonly id: string; readonly onForget: () => void }) {
  const { data: job, error } = useJob(id);
  const isGone = error instanceof HooklaneError && error.code === "not_found";
  // Kept for 30 days after its end, then there is nothing left to tell.
  useEffect(() => {
    if (isGone) onForget();
  }, [isGone, onForget]);
  return job?.kind === "resend_many" ? <ResendProgress job={job} onClose={onForget} /> : null;
}
