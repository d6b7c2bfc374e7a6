import type { EventType } from "@hooklane/client";
import { asEventId, type NativeEvent } from "@hooklane/core";
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useEventTypes } from "../../api/event-types.js";
import { useWorkspace } from "../../api/workspace-context.js";

/** What templates and filters are tried with: the example of a type, or an event that was. */
export type Example =
  | { readonly kind: "type"; readonly eventType: string }
  | { readonly kind: "event"; readonly eventId: string };

const RECENT_MAX = 20;

/** The latest events of the workspace. */
export function useRecentEvents() {
  const { workspace, hooklane } = useWorkspace();
  return useQuery({
    queryKey: [workspace.id, "recent-events"],
    queryFn: () => hooklane.events.list({ limit: RECENT_MAX }).take(RECENT_MAX),
  });
}

/** The event of an example, and its type; undefined while it is read, or where there is none. */
export function useExampleEvent(example: Example | undefined) {
  const { data: types } = useEventTypes();
  const logged = useLoggedEvent(example?.kind === "event" ? example.eventId : undefined);
  return useMemo(() => {
    const name = example?.kind === "type" ? example.eventType : logged.data?.type;
    const type = types?.find((known) => known.type === name);
    const event = example?.kind === "type" ? type && toEvent(type) : logged.data;
    return event && { event, type };
  }, [example, types, logged.data]);
}

function useLoggedEvent(id: string | undefined) {
  const { workspace, hooklane } = useWorkspace();
  return useQuery({
    queryKey: [workspace.id, "example-event", id],
    enabled: id !== undefined,
    queryFn: async (): Promise<NativeEvent> => {
      const { id: found, type, timestamp, source, data } = await hooklane.events.get(id ?? "");
      // Data of an event is an object, checked as it was accepted.
      return { id: asEventId(found), type, timestamp, source, data: data as NativeEvent["data"] };
    },
    staleTime: Infinity,
  });
}

/** As the API makes it for its previews. */
function toEvent({ type, example }: EventType): NativeEvent {
  const given = example as Partial<NativeEvent> | undefined;
  return {
    id: given?.id ?? asEventId("evt_preview"),
    type,
    timestamp: given?.timestamp ?? new Date().toISOString(),
    source: given?.source ?? "api",
    data: given?.data ?? {},
  };
}
