import { ActionIcon, Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { NamedText } from "./advanced-values.js";

interface NamedRowsProps {
  readonly label: string;
  readonly description: string;
  readonly addLabel: string;
  readonly rows: readonly NamedText[];
  readonly onChange: (rows: readonly NamedText[]) => void;
  /** Of a row's name or value. */
  readonly errorOf: (index: number) => {
    readonly name?: string | undefined;
    readonly value?: string | undefined;
  };
  /** Of none of the rows by itself. */
  readonly error?: string | undefined;
  readonly onLeave: (index: number, part: keyof NamedText) => void;
}

/** Rows of key and value: headers, fields of a form. Names may repeat, the order stays. */
export function NamedRows(props: NamedRowsProps) {
  const { label, description, addLabel, rows, onChange, errorOf, error, onLeave } = props;
  const { t } = useTranslation("templates");
  const replace = (index: number, patch: Partial<NamedText>) =>
    onChange(rows.map((row, at) => (at === index ? { ...row, ...patch } : row)));
  return (
    <Stack gap="xs" role="group" aria-label={label} align="start">
      <div>
        <Text size="sm" fw={500}>
          {label}
        </Text>
        <Text size="xs" c="dimmed">
          {description}
        </Text>
      </div>
      {rows.map((row, index) => (
        // Rows have no name of their own while they are typed.
        <Group key={index} gap="xs" align="start" w="100%">
          <TextInput
            flex="1 1 140px"
            aria-label={t("keyOf", { number: index + 1 })}
            placeholder={t("key")}
            value={row.name}
            onChange={({ currentTarget }) => replace(index, { name: currentTarget.value })}
            onBlur={() => onLeave(index, "name")}
            error={errorOf(index).name}
          />
          <TextInput
            flex="2 1 180px"
            aria-label={t("valueOf", { number: index + 1 })}
            placeholder={t("value")}
            value={row.value}
            onChange={({ currentTarget }) => replace(index, { value: currentTarget.value })}
            onBlur={() => onLeave(index, "value")}
            error={errorOf(index).value}
          />
          <ActionIcon
            variant="default"
            size="input-sm"
            aria-label={t("removeRow", { number: index + 1 })}
            onClick={() => onChange(rows.filter((_row, at) => at !== index))}
          >
            <IconTrash size={16} aria-hidden />
          </ActionIcon>
        </Group>
      ))}
      {error !== undefined && (
        <Text size="xs" c="var(--mantine-color-error)">
          {error}
        </Text>
      )}
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<IconPlus size={14} aria-hidden />}
        onClick={() => onChange([...rows, { name: "", value: "" }])}
      >
        {addLabel}
      </Button>
    </Stack>
  );
}
