import { HooklaneError } from "@hooklane/client";
import { Button, PasswordInput, Stack } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useSession, useSignIn } from "../../api/session.js";

/** Takes an API key; what it opens is added to the workspaces somebody is signed in to. */
export function SignInForm({ onSignedIn }: { readonly onSignedIn: (workspaceId: string) => void }) {
  const { t } = useTranslation("layout");
  const [apiKey, setApiKey] = useState("");
  const { data: before = [] } = useSession();
  const signIn = useSignIn();
  const submit = () =>
    signIn.mutate(apiKey, {
      onSuccess: (workspaces) => {
        const known = new Set(before.map(({ id }) => id));
        // The newest stands last; a key of a workspace that was there moves it there.
        const added = workspaces.find(({ id }) => !known.has(id)) ?? workspaces.at(-1);
        if (added) onSignedIn(added.id);
      },
    });
  const { error } = signIn;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Stack>
        <PasswordInput
          label={t("apiKey")}
          description={t("apiKeyHelp")}
          value={apiKey}
          onChange={({ currentTarget }) => setApiKey(currentTarget.value)}
          error={error instanceof HooklaneError && toText(error, t)}
          autoComplete="off"
          required
          data-autofocus
        />
        <Button type="submit" loading={signIn.isPending} disabled={apiKey.trim() === ""}>
          {t("signIn")}
        </Button>
      </Stack>
    </form>
  );
}

function toText(
  { code, detail }: HooklaneError,
  t: ReturnType<typeof useTranslation<"layout">>["t"],
): string {
  if (code === "unauthorized") return t("apiKeyRefused", { reason: detail });
  return code === "forbidden" ? t("apiKeyOperator", { reason: detail }) : detail;
}
