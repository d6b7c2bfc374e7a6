import type { ContactUpload } from "@hooklane/client";
import { Button, Checkbox, FileInput, MultiSelect, Paper, Stack } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useWorkspace } from "../../api/workspace-context.js";
import { Failure } from "../../components/failure.js";
import { useTags } from "./audience-queries.js";
import { useRefreshImports } from "./import-queries.js";

/** What a file holds, by the end of its name. */
const CONTENT_TYPES: readonly (readonly [end: RegExp, contentType: ContactUpload["contentType"]])[] = [
  [/\.csv$/i, "text/csv"],
  [/\.(?:ndjson|jsonl)$/i, "application/x-ndjson"],
  [/\.json$/i, "application/json"],
];

const toContentType = ({ name }: File) => CONTENT_TYPES.find(([end]) => end.test(name))?.[1];

/** Uploads a file of contacts; the API writes them once all are there. */
export function ImportUpload({ audienceId }: { readonly audienceId: string }) {
  const { t } = useTranslation("audiences");
  const { hooklane } = useWorkspace();
  const refresh = useRefreshImports(audienceId);
  const { data: known } = useTags(audienceId);
  const [file, setFile] = useState<File | null>(null);
  const [isUpdating, setUpdating] = useState(true);
  const [tags, setTags] = useState<string[]>([]);
  const contentType = file ? toContentType(file) : undefined;
  const upload = useMutation({
    mutationFn: (what: ContactUpload) =>
      hooklane.contactImports.begin(audienceId, what, { update: isUpdating, tags }),
    onSuccess: () => setFile(null),
    onSettled: refresh,
  });
  const isOther = file !== null && contentType === undefined;
  return (
    <Paper
      withBorder
      p="md"
      component="form"
      onSubmit={(event) => {
        event.preventDefault();
        if (file && contentType) upload.mutate({ contentType, body: file });
      }}
    >
      <Stack maw={720}>
        <FileInput
          label={t("file")}
          description={t("fileHelp")}
          placeholder={t("chooseFile")}
          accept=".csv,.ndjson,.jsonl,.json"
          value={file}
          onChange={setFile}
          error={isOther && t("fileOther")}
          clearable
        />
        <Checkbox
          label={t("update")}
          description={t("updateHelp")}
          checked={isUpdating}
          onChange={({ currentTarget }) => setUpdating(currentTarget.checked)}
        />
        <MultiSelect
          label={t("tagAll")}
          data={known?.pages.flatMap(({ data }) => data.map(({ name }) => name)) ?? []}
          value={tags}
          onChange={setTags}
          nothingFoundMessage={t("noTags")}
          searchable
        />
        {upload.isError && <Failure error={upload.error} />}
        <Button type="submit" mr="auto" loading={upload.isPending} disabled={contentType === undefined}>
          {t("import")}
        </Button>
      </Stack>
    </Paper>
  );
}
