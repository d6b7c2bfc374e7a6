import { Center, Group, Paper, Stack, Title } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useChosenWorkspace } from "../../layout/chosen-workspace.js";
import { LanguageSwitch } from "../../layout/language-switch.js";
import { SignInForm } from "./sign-in-form.js";

/** What is shown, at whatever path, to who is signed in to nothing. */
export function SignInPage() {
  const { t } = useTranslation("layout");
  const { choose } = useChosenWorkspace([]);
  return (
    <Center component="main" mih="100vh" p="md">
      <Paper withBorder p="xl" w={420} maw="100%">
        <Stack>
          <Group justify="space-between" wrap="nowrap" align="start">
            <Title order={1} size="h3">
              {t("signInTitle")}
            </Title>
            <LanguageSwitch />
          </Group>
          <SignInForm onSignedIn={choose} />
        </Stack>
      </Paper>
    </Center>
  );
}
