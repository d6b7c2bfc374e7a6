import type { CreateJourneyPoint, JourneyPoint, PatchJourneyPoint } from "@hooklane/client";

/** A header, or a field of a form. */
export interface Pair {
  readonly key: string;
  readonly value: string;
}

/** As the console offers them: JSON and FormData (console-flows.md F3). */
export type RequestContentType = NonNullable<CreateJourneyPoint["contentType"]>;

/** What a journey's point and a campaign's touchpoint are told to send, and where. */
export interface RequestValues {
  readonly name: string;
  readonly url: string;
  readonly username: string;
  /** Empty of a saved request: as it is. No answer shows it. */
  readonly password: string;
  /** In the order they were typed; rows without key and value count as not there. */
  readonly headers: readonly Pair[];
  readonly contentType: RequestContentType;
  /** Data to send as JSON; stays while the content type is the other one, so that trying it loses nothing. */
  readonly json: string;
  /** Data to send as FormData. */
  readonly fields: readonly Pair[];
}

export const NEW_REQUEST: RequestValues = {
  name: "",
  url: "",
  username: "",
  password: "",
  headers: [],
  contentType: "application/json",
  json: "",
  fields: [],
};

/** What there is of it in a point and in a touchpoint, as the API shows them. */
export type SavedRequest = Pick<JourneyPoint, "name" | "url" | "auth" | "headers" | "contentType" | "body">;

export function toRequestValues({
  name,
  url,
  auth,
  headers,
  contentType,
  body,
}: SavedRequest): RequestValues {
  return {
    ...NEW_REQUEST,
    name,
    url,
    username: auth?.type === "basic" ? auth.username : "",
    headers: Object.entries(headers).map(([key, value]) => ({ key, value })),
    contentType: contentType === "multipart/form-data" ? contentType : "application/json",
    ...(typeof body === "string" && { json: body }),
    ...(Array.isArray(body) && { fields: body.map((field) => ({ key: field.name, value: field.value })) }),
  };
}

/** The body of the call that makes it, without what only points or only touchpoints have. */
export function toRequestBody(values: RequestValues): CreateJourneyPoint {
  const { name, url, username, password, headers, contentType } = values;
  const body = toDataToSend(values);
  return {
    // Empty is absent: the API says that it is needed rather than too short.
    ...(name.trim() !== "" && { name }),
    ...(url.trim() !== "" && { url: url.trim() }),
    auth: {
      type: "basic",
      ...(username !== "" && { username }),
      ...(password !== "" && { password }),
    },
    headers: Object.fromEntries(headers.filter(isFilled).map(({ key, value }) => [key.trim(), value])),
    contentType,
    ...(body !== undefined && { body }),
    // What is missing, the check says before this is sent.
  } as CreateJourneyPoint;
}

/** The merge patch that leads from what is saved to what was typed; a password that was not typed stays. */
export function toRequestPatch(before: SavedRequest, values: RequestValues): PatchJourneyPoint {
  const shown = toRequestValues(before);
  const { name, url, auth, headers = {}, contentType, body } = toRequestBody(values);
  const isOther = (...names: (keyof RequestValues)[]) =>
    names.some((each) => JSON.stringify(shown[each]) !== JSON.stringify(values[each]));
  const removed = Object.keys(before.headers).filter((key) => !Object.hasOwn(headers, key));
  return {
    ...(isOther("name") && { name }),
    ...(isOther("url") && { url }),
    ...(isOther("username", "password") && { auth }),
    ...(isOther("headers") && {
      headers: { ...headers, ...Object.fromEntries(removed.map((key) => [key, null])) },
    }),
    ...(isOther("contentType", "json", "fields") && { contentType, body: body ?? null }),
  };
}

/** Undefined: the event itself is sent. */
function toDataToSend({ contentType, json, fields }: RequestValues): CreateJourneyPoint["body"] {
  if (contentType === "application/json") return json.trim() === "" ? undefined : json;
  const filled = fields.filter(isFilled);
  return filled.length === 0 ? undefined : filled.map(({ key, value }) => ({ name: key, value }));
}

export const isFilled = ({ key, value }: Pair): boolean => key.trim() !== "" || value.trim() !== "";
