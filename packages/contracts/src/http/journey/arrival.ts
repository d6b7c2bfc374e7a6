import { EVENT_ID_LENGTH_MAX } from "@hooklane/core";
import { z } from "zod";
import { eventId } from "../event-id.js";

/** Checked, not walked: what is in it is for the catalogue's schema. */
const contact = z.record(z.string(), z.unknown()).meta({
  description:
    'Who arrived: a `subscriber` of the catalogue, passed on as it is given, or `{id: "ct_…"}` alone for a contact kept here',
  example: { id: "c-1", audience_id: "list-7", email: "lea@example.org", fields: { first_name: "Léa" } },
  override: {
    type: "object",
    properties: {
      id: { type: "string" },
      audience_id: { type: "string" },
      email: { type: "string", format: "email" },
      email_format: { type: "string", enum: ["html", "text"] },
      fields: { type: "object", additionalProperties: true },
    },
    required: ["id"],
    additionalProperties: true,
  },
});

/** `POST /v1/journeys/{id}/points/{pointId}/arrivals` */
export const createArrival = z
  .strictObject({
    contact,
    id: eventId.optional().meta({
      description:
        "Of this arrival, unique among the workspace's events: given again, it is one arrival. Default: one of ours",
      override: { type: "string", minLength: 1, maxLength: EVENT_ID_LENGTH_MAX },
    }),
  })
  .meta({ id: "CreateArrival" });
export type CreateArrival = z.output<typeof createArrival>;

/** 202: the event `journey.point_reached` stands in line. */
export const arrivalAccepted = z
  .strictObject({ eventId: z.string().meta({ description: "See `GET /v1/events/{id}/explain`" }) })
  .meta({ id: "ArrivalAccepted" });
