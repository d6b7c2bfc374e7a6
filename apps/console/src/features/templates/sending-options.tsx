import { Group, NativeSelect, NumberInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { CheckedForm } from "../../forms/checked-form.js";
import { AuthFields } from "./auth-fields.js";
import type { AdvancedValues } from "./advanced-values.js";
import { NamedRows } from "./named-rows.js";

interface SendingOptionsProps {
  readonly form: CheckedForm<AdvancedValues>;
  readonly isBatching: boolean;
}

const SCHEMES = [
  { value: "hmac-sha256", label: "HMAC-SHA256 (v1)" },
  { value: "ed25519", label: "Ed25519 (v1a)" },
] as const;

/** How requests are made: headers, who they come from, how many at a time. */
export function SendingOptions({ form, isBatching }: SendingOptionsProps) {
  const { t } = useTranslation("templates");
  const { values, change, errorOf, leave } = form;
  const isOfRow = values.headers.some(({ name }) => errorOf(`headers.${name}`) !== undefined);
  return (
    <>
      <NamedRows
        label={t("headers")}
        description={t("headersHelp")}
        addLabel={t("addHeader")}
        rows={values.headers}
        onChange={(headers) => change({ headers })}
        errorOf={(index) => ({ name: errorOf(`headers.${values.headers[index]?.name ?? ""}`) })}
        error={isOfRow ? undefined : errorOf("headers")}
        onLeave={(index) => leave(`headers.${values.headers[index]?.name ?? ""}`)}
      />
      <AuthFields form={form} />
      <NativeSelect
        label={t("signatureScheme")}
        description={t("signatureSchemeHelp")}
        value={values.signatureScheme}
        onChange={({ currentTarget }) => {
          const chosen = SCHEMES.find(({ value }) => value === currentTarget.value);
          if (chosen) change({ signatureScheme: chosen.value });
        }}
        data={[...SCHEMES]}
      />
      <NumberInput
        label={t("rateLimit")}
        description={t("rateLimitHelp")}
        value={values.rateLimitPerSecond}
        onChange={(rateLimitPerSecond) => change({ rateLimitPerSecond })}
        onBlur={() => leave("rateLimitPerSecond")}
        error={errorOf("rateLimitPerSecond")}
        hideControls
      />
      {isBatching && (
        <Group align="start" grow>
          <NumberInput
            label={t("maxEvents")}
            placeholder="100"
            value={values.maxEvents}
            onChange={(maxEvents) => change({ maxEvents })}
            onBlur={() => leave("batching.maxEvents")}
            error={errorOf("batching.maxEvents")}
            hideControls
          />
          <NumberInput
            label={t("maxWait")}
            placeholder="5"
            value={values.maxWaitSeconds}
            onChange={(maxWaitSeconds) => change({ maxWaitSeconds })}
            onBlur={() => leave("batching.maxWaitSeconds")}
            error={errorOf("batching.maxWaitSeconds")}
            hideControls
          />
        </Group>
      )}
    </>
  );
}
