import type { PatchWorkspace, Workspace } from "@hooklane/client";
import { workspaceSettings } from "@hooklane/contracts";
import { checkWith } from "../../forms/check-with.js";

/** Somebody who gets the workspace's mails. */
export type Contact = Workspace["contacts"][number];

/** What the form of the workspace's settings asks for; texts as they are typed. */
export interface SettingsValues {
  readonly name: string;
  readonly timeZone: string;
  readonly contacts: readonly Contact[];
  readonly disablePolicy: Workspace["disablePolicy"];
  readonly retentionDays: number | string;
  /** A path on each line. */
  readonly redact: string;
  readonly operationalUrl: string;
}

export const toSettingsValues = (workspace: Workspace): SettingsValues => ({
  name: workspace.name,
  timeZone: workspace.timeZone,
  contacts: workspace.contacts,
  disablePolicy: workspace.disablePolicy,
  retentionDays: workspace.retentionDays,
  redact: workspace.redact.join("\n"),
  operationalUrl: workspace.operationalWebhook?.url ?? "",
});

/** Empty is absent: the API says that it is needed rather than in the wrong form. */
function toSettings(values: SettingsValues) {
  const { name, contacts, retentionDays, operationalUrl } = values;
  const url = operationalUrl.trim();
  return {
    ...(name.trim() !== "" && { name }),
    timeZone: values.timeZone,
    contacts: contacts.map(({ email, language }) => ({
      ...(email.trim() !== "" && { email: email.trim() }),
      language,
    })),
    disablePolicy: values.disablePolicy,
    ...(retentionDays !== "" && { retentionDays }),
    redact: toLines(values.redact),
    ...(url !== "" && { operationalWebhook: { url } }),
  };
}

const toLines = (text: string): readonly string[] =>
  text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");

/** Only what differs, so that what others changed beside it stays. */
export function toSettingsPatch(before: Workspace, values: SettingsValues): PatchWorkspace {
  const [shown, wanted] = [toSettings(toSettingsValues(before)), toSettings(values)];
  const names = ["name", "timeZone", "contacts", "disablePolicy", "retentionDays", "redact"] as const;
  const changed = [...names, "operationalWebhook" as const].filter(
    (name) => JSON.stringify(shown[name]) !== JSON.stringify(wanted[name]),
  );
  // What is taken away is null in a merge patch.
  return Object.fromEntries(changed.map((name) => [name, wanted[name] ?? null]));
}

export const checkSettings = (values: SettingsValues) => checkWith(workspaceSettings, toSettings(values));
