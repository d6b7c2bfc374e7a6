import type { NativeEvent } from "./event.js";

/**
 * The audience an event is about (product.md W3). The catalogue's audience events carry it as `data.audience_id`, those
 * about one subscriber as `data.subscriber.audience_id`; types of a workspace's own may do either.
 *
 * @returns undefined when the event is about none
 */
export function audienceIdOf({ data }: Pick<NativeEvent, "data">): string | undefined {
  return textAt(data, "audience_id") ?? textAt(data.subscriber, "audience_id");
}

function textAt(value: unknown, name: string): string | undefined {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, name)) return undefined;
  const found = (value as Readonly<Record<string, unknown>>)[name];
  return typeof found === "string" ? found : undefined;
}
