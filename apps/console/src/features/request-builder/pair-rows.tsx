import { ActionIcon, Button, Fieldset, Group, Input, Stack, Text, TextInput } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { type ReactNode, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { RequestForm } from "./request-form.js";
import type { Pair } from "./request-values.js";

const EMPTY: Pair = { key: "", value: "" };

interface PairRowsProps {
  readonly legend: string;
  readonly help: string;
  readonly rows: readonly Pair[];
  /** Keys of the catalogue: what a row is called, and what adds and removes one. */
  readonly labels:
    | { readonly row: "header"; readonly add: "addHeader"; readonly remove: "removeHeader" }
    | { readonly row: "field"; readonly add: "addField"; readonly remove: "removeField" };
  /** Of the rows' errors: `headerRows`. */
  readonly path: string;
  /** Of the rows together. */
  readonly error: string | undefined;
  readonly form: Pick<RequestForm, "errorOf" | "leave">;
  readonly onChange: (rows: readonly Pair[]) => void;
  /** What stands in the field of a value. */
  readonly valueTool?: (index: number) => ReactNode;
}

/** Rows of a key and a value, as many as one wants. */
export function PairRows(props: PairRowsProps) {
  const { legend, help, rows, labels, path, error, form, onChange, valueTool } = props;
  const { t } = useTranslation("requestBuilder");
  const stack = useRef<HTMLDivElement>(null);
  const adding = useRef<HTMLButtonElement>(null);
  const set = (index: number, part: Partial<Pair>) =>
    onChange(rows.map((row, at) => (at === index ? { ...row, ...part } : row)));
  const add = () => {
    onChange([...rows, EMPTY]);
    // Where one goes on to type, once it is there.
    requestAnimationFrame(() => {
      const groups = stack.current?.querySelectorAll("[role=group]") ?? [];
      [...groups].at(-1)?.querySelector("input")?.focus();
    });
  };
  const remove = (index: number) => {
    onChange(rows.filter((_row, at) => at !== index));
    adding.current?.focus();
  };
  return (
    <Fieldset
      legend={
        <Text size="sm" fw={500}>
          {legend}
        </Text>
      }
    >
      <Stack gap="sm" ref={stack}>
        <Text size="xs" c="dimmed">
          {help}
        </Text>
        {rows.map((row, index) => (
          <Group
            key={index}
            role="group"
            aria-label={t(labels.row, { number: index + 1 })}
            align="flex-start"
            gap="xs"
          >
            <TextInput
              label={t("key")}
              flex="1 1 9rem"
              classNames={{ input: "code" }}
              value={row.key}
              onChange={({ currentTarget }) => set(index, { key: currentTarget.value })}
              onBlur={() => form.leave(`${path}.${index}.key`)}
              error={form.errorOf(`${path}.${index}.key`)}
            />
            <TextInput
              label={t("value")}
              flex="2 1 12rem"
              data-value-of={index}
              value={row.value}
              onChange={({ currentTarget }) => set(index, { value: currentTarget.value })}
              onBlur={() => form.leave(`${path}.${index}.value`)}
              error={form.errorOf(`${path}.${index}.value`)}
              rightSection={valueTool?.(index)}
            />
            <ActionIcon
              variant="subtle"
              color="gray"
              size="lg"
              mt={25}
              aria-label={t(labels.remove, { number: index + 1 })}
              onClick={() => remove(index)}
            >
              <IconTrash size={18} aria-hidden />
            </ActionIcon>
          </Group>
        ))}
        {error !== undefined && <Input.Error role="alert">{error}</Input.Error>}
        <Group>
          <Button
            ref={adding}
            variant="default"
            size="xs"
            leftSection={<IconPlus size={14} aria-hidden />}
            onClick={add}
          >
            {t(labels.add)}
          </Button>
        </Group>
      </Stack>
    </Fieldset>
  );
}
