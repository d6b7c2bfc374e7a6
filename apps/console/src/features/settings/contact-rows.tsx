import { ActionIcon, Button, Group, Input, NativeSelect, Stack, TextInput } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { LANGUAGE_NAMES, LANGUAGES } from "../../messages/languages.js";
import type { CheckedForm } from "../../forms/checked-form.js";
import type { Contact, SettingsValues } from "./settings-values.js";

/** As many as the API takes. */
const CONTACTS_MAX = 20;

/** Who is told by mail when a webhook is disabled, each in their language (product.md D6). */
export function ContactRows({ form }: { readonly form: CheckedForm<SettingsValues> }) {
  const { t, i18n } = useTranslation("settings");
  const { contacts } = form.values;
  const error = contacts.length === 0 ? form.errorOf("contacts") : undefined;
  const replace = (at: number, patch: Partial<Contact>) =>
    form.change({
      contacts: contacts.map((contact, index) => (index === at ? { ...contact, ...patch } : contact)),
    });
  const remove = (at: number) => {
    form.change({ contacts: contacts.filter((_, index) => index !== at) });
    form.leave("contacts");
  };
  const language = i18n.resolvedLanguage === "fr" ? "fr" : "en";
  return (
    <Input.Wrapper
      label={t("contacts")}
      description={t("contactsHelp")}
      error={error}
      labelElement="div"
      role="group"
      aria-label={t("contacts")}
      withAsterisk
    >
      <Stack gap="xs" mt="xs" align="start">
        {contacts.map((contact, index) => (
          // Rows have no name of their own: what stands in one may be typed anew as a whole.
          <Group key={index} gap="xs" align="start" wrap="nowrap" w="100%">
            <TextInput
              flex={1}
              type="email"
              inputMode="email"
              aria-label={t("email", { number: index + 1 })}
              value={contact.email}
              onChange={({ currentTarget }) => replace(index, { email: currentTarget.value })}
              onBlur={() => form.leave(`contacts.${index}.email`)}
              error={form.errorOf(`contacts.${index}.email`)}
            />
            <NativeSelect
              aria-label={t("mailLanguage", { number: index + 1 })}
              value={contact.language}
              onChange={({ currentTarget }) =>
                replace(index, { language: LANGUAGES.find((each) => each === currentTarget.value) ?? "en" })
              }
              data={LANGUAGES.map((value) => ({ value, label: LANGUAGE_NAMES[value] }))}
            />
            <ActionIcon
              variant="default"
              size={36}
              aria-label={t("removeContact", { number: index + 1 })}
              onClick={() => remove(index)}
            >
              <IconTrash size={16} aria-hidden />
            </ActionIcon>
          </Group>
        ))}
        <Button
          variant="default"
          size="xs"
          disabled={contacts.length >= CONTACTS_MAX}
          onClick={() => form.change({ contacts: [...contacts, { email: "", language }] })}
        >
          {t("addContact")}
        </Button>
      </Stack>
    </Input.Wrapper>
  );
}
