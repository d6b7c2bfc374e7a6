import type { CreateWebhook, PatchWebhook, Webhook } from "@hooklane/client";

type Auth = NonNullable<CreateWebhook["auth"]>;
type AuthType = Auth["type"];

/** How requests prove who they come from, as it is typed. Secrets are never shown: an empty one stays as it was. */
export interface AuthValues {
  readonly type: "none" | AuthType;
  readonly username: string;
  readonly password: string;
  readonly token: string;
  readonly tokenUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly scope: string;
  readonly audience: string;
  /** Whose secret the API has already; it is needed for any other. */
  readonly savedType: "none" | AuthType;
}

export const NO_AUTH: AuthValues = {
  type: "none",
  username: "",
  password: "",
  token: "",
  tokenUrl: "",
  clientId: "",
  clientSecret: "",
  scope: "",
  audience: "",
  savedType: "none",
};

export const toAuthValues = (auth: Webhook["auth"]): AuthValues =>
  auth ? { ...NO_AUTH, ...auth, savedType: auth.type } : NO_AUTH;

/** Stands for a secret that stays, where the whole is checked. */
const KEPT = "kept";

/** @param kept in place of a secret that was not typed anew; absent: left out */
function toFields(values: AuthValues, kept: string | undefined) {
  const text = (name: "username" | "tokenUrl" | "clientId" | "scope" | "audience") =>
    values[name] !== "" && { [name]: values[name] };
  const secret = (name: "password" | "token" | "clientSecret") => {
    const value = values[name] === "" && values.savedType === values.type ? kept : values[name];
    return value !== undefined && value !== "" && { [name]: value };
  };
  switch (values.type) {
    case "none":
      return undefined;
    case "basic":
      return { type: values.type, ...text("username"), ...secret("password") };
    case "bearer":
      return { type: values.type, ...secret("token") };
    case "oauth2":
      return {
        type: values.type,
        ...text("tokenUrl"),
        ...text("clientId"),
        ...secret("clientSecret"),
        ...text("scope"),
        ...text("audience"),
      };
  }
}

/** What is missing, the check says before this is sent. */
export const toAuthBody = (values: AuthValues): Auth | undefined =>
  toFields(values, KEPT) as Auth | undefined;

/** Undefined where nothing was changed. */
export function toAuthPatch(before: Webhook["auth"], values: AuthValues): PatchWebhook["auth"] | undefined {
  if (JSON.stringify(toAuthValues(before)) === JSON.stringify(values)) return undefined;
  const fields = toFields(values, undefined);
  if (!fields) return null;
  // Emptied ones of the same type would stay.
  const emptied = values.type === "oauth2" && values.savedType === "oauth2";
  return {
    ...(emptied && { scope: values.scope === "" ? null : values.scope }),
    ...(emptied && { audience: values.audience === "" ? null : values.audience }),
    ...fields,
  };
}
