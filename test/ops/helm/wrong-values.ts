import { describe, expect, test } from "@jest/globals";
import type { Chart } from "./chart.js";

/** What the chart refuses, before anything reaches a cluster. */
export function describeWrongValues(chartOf: () => Chart): void {
  describe("wrong values", () => {
    test("that are missing are said all at once, each with what to do", async () => {
      const { code, faults } = await chartOf().render(undefined);
      expect(code).toBe(1);
      expect(faults).toContain("7 of the values need a change:");
      for (const remedy of [
        "kafka.brokers is not set: --set 'kafka.brokers=",
        "consoleUrl is not set: where people open the API, --set consoleUrl=",
        "mailFrom is not set: the sender of mails, --set mailFrom=",
        "secrets.mongodbUri.existingSecret (or secrets.existingSecret for all) is not set: name a Secret that has the key MONGODB_URI",
        "the key HOOKLANE_SECRETS_KEYS",
        "the key OPERATOR_KEY",
        "the key SMTP_URL",
      ])
        expect(faults).toContain(remedy);
    });

    test.each([
      ["kafka.tls.existingSecret=x", "connections would be in the clear: set kafka.tls.enabled=true"],
      [
        "kafka.tls.enabled=true,kafka.tls.certKey=tls.crt",
        "kafka.tls.certKey and kafka.tls.keyKey belong together",
      ],
      [
        "kafka.tls.enabled=true,kafka.tls.certKey=a,kafka.tls.keyKey=b",
        "kafka.tls.existingSecret is not set",
      ],
      [
        "kafka.sasl.mechanism=plain",
        "kafka.sasl.existingSecret is not set: name a Secret that has the keys username and password",
      ],
      ["kafka.sasl.existingSecret=x", "nobody would log in: set kafka.sasl.mechanism"],
      [
        "dispatcher.autoscaling.enabled=true",
        "keda.prometheusAddress is not set, and dispatcher.autoscaling asks it",
      ],
      [
        "router.autoscaling.enabled=true,router.autoscaling.minReplicas=9",
        "router.autoscaling.minReplicas is above maxReplicas",
      ],
      ["traces.mode=otlp", "traces.endpoint is not set"],
      ["ingress.eventIngestor.enabled=true", "ingress.eventIngestor.host is not set"],
    ])("that contradict each other are refused: %s", async (values, fault) => {
      const { code, faults } = await chartOf().render("minimal", ["--set", values]);
      expect(code).toBe(1);
      expect(faults).toContain(fault);
    });

    test.each([
      ["kafka.tsl.enabled=true", "at '/kafka': additional properties 'tsl' not allowed"],
      [
        "dispatcher.env.DISPATCHER_SOCKET_MAX=5",
        "at '/dispatcher/env': additional properties 'DISPATCHER_SOCKET_MAX' not allowed",
      ],
      ["dispatcher.env.KAFKA_BROKERS=x", "additional properties 'KAFKA_BROKERS' not allowed"],
      ["dispatcher.replicas=two", "at '/dispatcher/replicas': got string, want integer"],
      ["logLevel=loud", "at '/logLevel': value must be one of 'fatal', 'error'"],
      ["kafka.brokers={localhost}", "at '/kafka/brokers/0': 'localhost' does not match pattern"],
      ["destinationAllow={10.0.0.1}", "at '/destinationAllow/0'"],
      ["kafka.sasl.mechanism=gssapi", "at '/kafka/sasl/mechanism': value must be one of"],
      ["ingress.eventIngestor.paths={/}", "at '/ingress/eventIngestor/paths/0'"],
      [
        "secrets.operatorKey.value=hush",
        "at '/secrets/operatorKey': additional properties 'value' not allowed",
      ],
    ])("are refused by the schema: %s", async (values, fault) => {
      const { code, faults } = await chartOf().render("minimal", ["--set", values]);
      expect(code).toBe(1);
      expect(faults).toContain(fault);
    });
  });
}
