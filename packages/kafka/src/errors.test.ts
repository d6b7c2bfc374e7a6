import { describe, expect, test } from "@jest/globals";
import kafkajs from "kafkajs";
import { KafkaError, toKafkaError } from "./errors.js";

const protocolError = (type: string, retriable: boolean) =>
  new kafkajs.KafkaJSProtocolError(
    Object.assign(new Error("as the broker says"), { type, code: 1, retriable }),
  );

describe("kafkajs's errors", () => {
  test.each([
    ["a topic that is not there", protocolError("UNKNOWN_TOPIC_OR_PARTITION", true), "unknown_topic", true],
    ["a leader that moves", protocolError("NOT_LEADER_FOR_PARTITION", true), "not_ready", true],
    ["a batch too large", protocolError("MESSAGE_TOO_LARGE", false), "too_large", false],
    ["a lost sequence", protocolError("OUT_OF_ORDER_SEQUENCE_NUMBER", false), "sequence_lost", true],
    ["a rebalance", protocolError("REBALANCE_IN_PROGRESS", false), "fenced", true],
    ["no permission", protocolError("TOPIC_AUTHORIZATION_FAILED", false), "not_authorized", false],
    ["an unknown refusal", protocolError("INVALID_TIMESTAMP", false), "unexpected", false],
    ["a refused connection", new kafkajs.KafkaJSConnectionError("refused"), "unreachable", true],
    ["no answer in time", new kafkajs.KafkaJSRequestTimeoutError("late"), "timed_out", true],
    [
      "retries exceeded, for what exceeded them",
      new kafkajs.KafkaJSNumberOfRetriesExceeded(protocolError("REQUEST_TIMED_OUT", true), {
        retryCount: 5,
        retryTime: 1,
      }),
      "timed_out",
      true,
    ],
    ["a fault of ours", new TypeError("x is not a function"), "unexpected", false],
  ])("%s", (_name, error, code, retryable) => {
    const translated = toKafkaError(error);
    expect(translated).toBeInstanceOf(KafkaError);
    expect({ code: translated.code, retryable: translated.retryable }).toEqual({ code, retryable });
    expect(translated.cause).toBe(error);
  });
});
