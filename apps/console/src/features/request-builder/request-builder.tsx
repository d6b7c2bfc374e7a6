import { NativeSelect, PasswordInput, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { DataToSend } from "./data-to-send.js";
import { PairRows } from "./pair-rows.js";
import type { RequestForm } from "./request-form.js";
import type { RequestContentType } from "./request-values.js";

interface RequestBuilderProps {
  readonly form: RequestForm;
  /** Whether the API has it: then the password may stay as it is. */
  readonly isSaved: boolean;
  /** Names data to send can be made of, `contact.email`; the first one is the example. */
  readonly placeholders: readonly [string, ...string[]];
}

/** The fields of a request, without the form around them (console-flows.md F3, F4). */
export function RequestBuilder({ form, isSaved, placeholders }: RequestBuilderProps) {
  const { t } = useTranslation("requestBuilder");
  const { values, change, errorOf, leave } = form;
  return (
    <>
      <TextInput
        label={t("name")}
        value={values.name}
        onChange={({ currentTarget }) => change({ name: currentTarget.value })}
        onBlur={() => leave("name")}
        error={errorOf("name")}
        withAsterisk
      />
      <TextInput
        label={t("url")}
        description={t("urlHelp")}
        type="url"
        inputMode="url"
        value={values.url}
        onChange={({ currentTarget }) => change({ url: currentTarget.value })}
        onBlur={() => leave("url")}
        error={errorOf("url")}
        withAsterisk
      />
      <Credentials form={form} isSaved={isSaved} />
      <PairRows
        legend={t("headers")}
        help={t("headersHelp")}
        rows={values.headers}
        labels={{ row: "header", add: "addHeader", remove: "removeHeader" }}
        path="headerRows"
        error={errorOf("headers")}
        form={form}
        onChange={(headers) => change({ headers })}
      />
      <NativeSelect
        label={t("contentType")}
        value={values.contentType}
        onChange={({ currentTarget }) => change({ contentType: currentTarget.value as RequestContentType })}
        data={[
          { value: "application/json", label: t("json") },
          { value: "multipart/form-data", label: t("formData") },
        ]}
      />
      <DataToSend form={form} placeholders={placeholders} />
    </>
  );
}

function Credentials({ form, isSaved }: Pick<RequestBuilderProps, "form" | "isSaved">) {
  const { t } = useTranslation("requestBuilder");
  const { values, change, errorOf, leave } = form;
  return (
    <>
      <TextInput
        label={t("username")}
        description={t("usernameHelp")}
        autoComplete="off"
        value={values.username}
        onChange={({ currentTarget }) => change({ username: currentTarget.value })}
        onBlur={() => leave("auth.username")}
        error={errorOf("auth.username")}
        withAsterisk
      />
      <PasswordInput
        label={t("password")}
        description={t(isSaved ? "passwordKept" : "passwordHelp")}
        placeholder={isSaved ? t("passwordUnchanged") : ""}
        // The receiver's password is not the one somebody signs in here with.
        autoComplete="new-password"
        value={values.password}
        onChange={({ currentTarget }) => change({ password: currentTarget.value })}
        onBlur={() => leave("auth.password")}
        error={errorOf("auth.password")}
        withAsterisk={!isSaved}
      />
    </>
  );
}
