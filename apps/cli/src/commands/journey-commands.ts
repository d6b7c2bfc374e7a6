import type { Journey } from "@hooklane/client";
import type { Command } from "commander";
import { JOURNEY_COLUMNS } from "../output/columns.js";
import { formatFields } from "../output/table.js";
import type { Session } from "../session.js";
import { type ListFlags, readPage, withListOptions } from "./list-options.js";

/** `hooklane journeys …` */
export function addJourneyCommands(program: Command, session: Session): void {
  const journeys = program.command("journeys").description("paths of contacts whose points send requests");
  withListOptions(journeys.command("list").description("list journeys")).action(async (flags: ListFlags) => {
    const list = session.connect().journeys.list({ limit: flags.limit });
    session.showPage(await readPage(list, flags), JOURNEY_COLUMNS);
  });
  journeys
    .command("start <id>")
    .description("start a draft: arrivals at its points send requests")
    .action(async (id: string) => session.show(await session.connect().journeys.start(id), describe));
  journeys
    .command("pause <id>")
    .description("pause it; what is queued for its points is skipped")
    .action(async (id: string) => session.show(await session.connect().journeys.pause(id), describe));
  journeys
    .command("resume <id>")
    .description("resume it; without --recover for new arrivals only")
    .option("--recover", "send first, in order, what its points did not get while it was paused")
    .action(async (id: string, { recover = false }: { readonly recover?: boolean }) =>
      session.show(await session.connect().journeys.resume(id, { recover }), describe),
    );
}

const describe = (journey: Journey): string =>
  formatFields({
    id: journey.id,
    name: journey.name,
    status: journey.status,
    points: String(journey.pointCount),
    version: String(journey.version),
    created: journey.createdAt,
    updated: journey.updatedAt,
  });
