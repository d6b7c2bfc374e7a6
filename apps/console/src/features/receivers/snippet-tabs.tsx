import { Code, Group, Tabs } from "@mantine/core";
import { useLocalStorage } from "@mantine/hooks";
import { useTranslation } from "react-i18next";
import { CopyText } from "../../components/copy-text.js";
import { toSnippets } from "./snippets.js";

/** How to verify a signature, in the language chosen last. */
export function SnippetTabs({ secret }: { readonly secret?: string }) {
  const { t } = useTranslation("receivers");
  const [chosen, setChosen] = useLocalStorage({
    key: "hooklane.snippets",
    defaultValue: "node",
    getInitialValueInEffect: false,
  });
  const snippets = toSnippets(secret);
  return (
    <Tabs value={chosen} onChange={(id) => setChosen(id ?? "node")} keepMounted={false} w="100%">
      <Tabs.List aria-label={t("languages")}>
        {snippets.map(({ id, language }) => (
          <Tabs.Tab key={id} value={id}>
            {language}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {snippets.map(({ id, language, code }) => (
        <Tabs.Panel key={id} value={id} pt="xs">
          <Group justify="flex-end" mb="xs">
            <CopyText text={code} label={t("copyCode", { language })} />
          </Group>
          <Code block tabIndex={0}>
            {code}
          </Code>
        </Tabs.Panel>
      ))}
    </Tabs>
  );
}
