import type { EventType } from "@hooklane/client";
import { Badge, Code, Group, Stack, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useEventTypes } from "../../api/event-types.js";
import { useLockedEventTypes } from "../../api/plans.js";
import { CopyText } from "../../components/copy-text.js";
import { Loaded } from "../../components/loaded.js";
import { Section } from "./section.js";

type Language = keyof EventType["labels"];

/** Every event type of the workspace: what it means, an example, its schema. */
export function EventCatalogue() {
  const { t, i18n } = useTranslation("receivers");
  const [wanted, setWanted] = useState("");
  const query = useEventTypes();
  const language: Language = i18n.resolvedLanguage === "fr" ? "fr" : "en";
  return (
    <Section id="events" title={t("events")}>
      <Text>{t("eventsHelp")}</Text>
      <TextInput
        label={t("search")}
        maw={360}
        value={wanted}
        onChange={({ currentTarget }) => setWanted(currentTarget.value)}
      />
      <Loaded query={query}>
        {(all) => {
          const found = all.filter((type) => isWanted(type, wanted, language));
          if (found.length === 0)
            return <Text role="status">{t(all.length === 0 ? "noEvents" : "noneFound")}</Text>;
          return (
            <Stack gap="xs">
              {found.map((type) => (
                <EventTypeEntry key={type.type} type={type} language={language} />
              ))}
            </Stack>
          );
        }}
      </Loaded>
    </Section>
  );
}

function isWanted({ type, labels }: EventType, wanted: string, language: Language): boolean {
  const text = wanted.trim().toLocaleLowerCase(language);
  return type.includes(text) || labels[language].toLocaleLowerCase(language).includes(text);
}

function EventTypeEntry({ type, language }: { readonly type: EventType; readonly language: Language }) {
  const { t } = useTranslation(["receivers", "webhooks"]);
  const [isOpen, setOpen] = useState(false);
  const plan = useLockedEventTypes().get(type.type);
  return (
    <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>
        {type.labels[language]} <Code className="breaking">{type.type}</Code>{" "}
        {plan !== undefined && <Badge size="sm">{t("webhooks:planOnly", { plan })}</Badge>}
      </summary>
      {isOpen && (
        <Stack gap="xs" mt="xs" ml="md">
          <Text size="sm">{type.descriptions[language]}</Text>
          {type.example && <Json title={t("example")} value={type.example} name={type.type} />}
          <Json title={t("schema", { version: type.schemaVersion })} value={type.schema} name={type.type} />
        </Stack>
      )}
    </details>
  );
}

interface JsonProps {
  readonly title: string;
  readonly value: unknown;
  /** Of what it is: there are several copy buttons. */
  readonly name: string;
}

function Json({ title, value, name }: JsonProps) {
  const { t } = useTranslation("receivers");
  const text = JSON.stringify(value, undefined, 2);
  return (
    <div>
      <Group justify="space-between" mb={4}>
        <Text size="sm" fw={500}>
          {title}
        </Text>
        <CopyText text={text} label={t("copyOf", { title, name })} />
      </Group>
      <Code block tabIndex={0} mah={400} className="scrolling">
        {text}
      </Code>
    </div>
  );
}
