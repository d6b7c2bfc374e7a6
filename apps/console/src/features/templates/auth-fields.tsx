import { NativeSelect, PasswordInput, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { CheckedForm } from "../../forms/checked-form.js";
import type { AdvancedValues } from "./advanced-values.js";
import type { AuthValues } from "./auth-values.js";

const TYPES = ["none", "basic", "bearer", "oauth2"] as const;

/** What each way to prove who sends asks for; secrets are never shown again. */
const FIELDS = {
  none: [],
  basic: ["username", "password"],
  bearer: ["token"],
  oauth2: ["tokenUrl", "clientId", "clientSecret", "scope", "audience"],
} as const satisfies Record<AuthValues["type"], readonly (keyof AuthValues)[]>;

type Field = (typeof FIELDS)[AuthValues["type"]][number];

const SECRETS: ReadonlySet<Field> = new Set<Field>(["password", "token", "clientSecret"]);
const OPTIONAL: ReadonlySet<Field> = new Set<Field>(["password", "scope", "audience"]);

/** Credentials requests carry beside their signature (product.md D12). */
export function AuthFields({ form }: { readonly form: CheckedForm<AdvancedValues> }) {
  const { t } = useTranslation("templates");
  const { values, change } = form;
  return (
    <>
      <NativeSelect
        label={t("auth")}
        description={t("authHelp")}
        value={values.auth.type}
        onChange={({ currentTarget }) => {
          const type = TYPES.find((known) => known === currentTarget.value);
          if (type) change({ auth: { ...values.auth, type } });
        }}
        data={TYPES.map((value) => ({ value, label: t(`auth_${value}`) }))}
      />
      {FIELDS[values.auth.type].map((name) => (
        <AuthField key={name} name={name} form={form} />
      ))}
    </>
  );
}

function AuthField({ name, form }: { readonly name: Field; readonly form: CheckedForm<AdvancedValues> }) {
  const { t } = useTranslation("templates");
  const {
    values: { auth },
    change,
    errorOf,
    leave,
  } = form;
  const isKept = auth.savedType === auth.type;
  const isSecret = SECRETS.has(name);
  const Input = isSecret ? PasswordInput : TextInput;
  return (
    <Input
      label={t(`authField_${name}`)}
      placeholder={isSecret && isKept ? t("staysAsItIs") : undefined}
      autoComplete={isSecret ? "new-password" : "off"}
      value={auth[name]}
      onChange={({ currentTarget }) => change({ auth: { ...auth, [name]: currentTarget.value } })}
      onBlur={() => leave(`auth.${name}`)}
      error={errorOf(`auth.${name}`)}
      withAsterisk={!OPTIONAL.has(name) && !(isSecret && isKept)}
    />
  );
}
