import {
  type CreatedJourneyPoint,
  type CreateJourneyPoint,
  type Hooklane,
  HooklaneError,
  type JourneyPoint,
  type PatchJourneyPoint,
} from "@hooklane/client";
import { useMutation, useQuery } from "@tanstack/react-query";
import { dataOf } from "../../api/data-of.js";
import { useWorkspace } from "../../api/workspace-context.js";
import { endOf, type MapPlace, toSteps, withPoint } from "./journey-map.js";
import { readJourney, useRefreshJourneys } from "./journey-queries.js";

/** Which point of which journey. */
export interface PointPath {
  readonly id: string;
  readonly pointId: string;
}

export function usePoint({ id, pointId }: PointPath) {
  const { workspace, hooklane } = useWorkspace();
  return useQuery({
    queryKey: [workspace.id, "journeys", "point", id, pointId],
    queryFn: () =>
      dataOf(hooklane.api.GET("/v1/journeys/{id}/points/{pointId}", { params: { path: { id, pointId } } })),
  });
}

export async function createPoint(
  { api }: Hooklane,
  id: string,
  body: CreateJourneyPoint,
): Promise<CreatedJourneyPoint> {
  return dataOf(api.POST("/v1/journeys/{id}/points", { params: { path: { id } }, body }));
}

/** @throws HooklaneError `precondition_failed` when it is not `before` any more */
export async function updatePoint(
  { api }: Hooklane,
  before: JourneyPoint,
  body: PatchJourneyPoint,
): Promise<JourneyPoint> {
  const params = {
    path: { id: before.journeyId, pointId: before.id },
    header: { "If-Match": `"${before.version}"` },
  };
  return dataOf(api.PATCH("/v1/journeys/{id}/points/{pointId}", { params, body }));
}

/** How often it is tried while others draw on the same map. */
const PLACE_TRIES = 5;

/**
 * Puts a point on its journey's map, as that is now.
 *
 * @param place default: the end
 */
export async function placePoint(hooklane: Hooklane, path: PointPath, place?: MapPlace): Promise<void> {
  const { id, pointId } = path;
  for (let tries = 1; ; tries += 1) {
    const { journey, points } = await readJourney(hooklane, id);
    if (journey.steps.some((step) => step.pointId === pointId)) return;
    const steps = toSteps(
      journey.steps,
      points.filter((point) => point.id !== pointId),
    );
    try {
      await hooklane.api.PATCH("/v1/journeys/{id}", {
        params: { path: { id }, header: { "If-Match": `"${journey.version}"` } },
        body: {
          steps: withPoint(steps, pointId, place ?? endOf(steps)).map((step) => ({
            ...step,
            next: [...step.next],
          })),
        },
      });
      return;
    } catch (error) {
      const isMoved = error instanceof HooklaneError && error.code === "precondition_failed";
      if (!isMoved || tries === PLACE_TRIES) throw error;
    }
  }
}

export function usePlacePoint() {
  const { hooklane } = useWorkspace();
  const refresh = useRefreshJourneys();
  return useMutation({
    mutationFn: (path: PointPath) => placePoint(hooklane, path),
    onSettled: refresh,
  });
}

/** @param options.onDone before the point is gone from what is shown */
export function useRemovePoint({ onDone }: { readonly onDone: () => void }) {
  const { hooklane } = useWorkspace();
  const refresh = useRefreshJourneys();
  return useMutation({
    mutationFn: ({ journeyId, id }: Pick<JourneyPoint, "journeyId" | "id">) =>
      hooklane.api.DELETE("/v1/journeys/{id}/points/{pointId}", {
        params: { path: { id: journeyId, pointId: id } },
      }),
    onSuccess: onDone,
    onSettled: refresh,
  });
}
