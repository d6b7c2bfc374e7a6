import type { Command } from "commander";
import { describeDelivery } from "../output/describe-delivery.js";
import { EXIT } from "../output/report-error.js";
import type { Session } from "../session.js";

/** `hooklane webhooks test` */
export function addTest(webhooks: Command, session: Session): void {
  webhooks
    .command("test <id>")
    .description("send it an example event, once; fails when that is not delivered")
    .requiredOption("--type, --event-type <type>", "whose example to send")
    .action(async (id: string, { eventType }: { eventType: string }, command: Command) => {
      const delivery = await session.connect().webhooks.test(id, eventType);
      session.show(delivery, describeDelivery);
      // One that still waits for its turn has not failed.
      if (delivery.status === "delivered" || delivery.status === "pending") return;
      command.error("The test was not delivered.", { exitCode: EXIT.refused });
    });
}
