export { anEvent, DEFAULT_EVENT_TYPE, numberedEvents, type EventInput } from "./builders/event.js";
export { aWebhook, type WebhookAuthInput, type WebhookInput } from "./builders/webhook.js";
export { aWorkspace, type WorkspaceInput } from "./builders/workspace.js";
export { eventually, type EventuallyOptions } from "./eventually.js";
export { freePort } from "./free-port.js";
export { startSmtpCatcher, type CaughtMail, type SmtpCatcher } from "./mail/smtp-catcher.js";
export { readForm } from "./receiver/read-form.js";
export { readLine, type LineReport } from "./receiver/line-report.js";
export {
  readEvents,
  readSequence,
  type DeliveredEvent,
  type ReceivedRequest,
} from "./receiver/received-request.js";
export { RECEIVER_HOST, startReceiver, type Receiver, type ReceiverOptions } from "./receiver/receiver.js";
export {
  always,
  answer,
  failFirst,
  hang,
  ok,
  reset,
  script,
  slow,
  type Behaviour,
  type Reply,
} from "./receiver/reply.js";
export { TEST_SECRETS_KEYS, testSecretKeys } from "./secrets/test-secret-keys.js";
export { dropKeptServices, giveServices, takeServices } from "./services/kept-services.js";
export { JsonClient, UnexpectedAnswerError, type JsonAnswer } from "./services/json-client.js";
export { type ServiceSettings } from "./services/service-environment.js";
export { PORT_VARIABLES, SERVICE_NAMES, type ServiceName } from "./services/service-catalogue.js";
export { ServiceProcess, type ServiceCommand } from "./services/service-process.js";
export { readStackEnvironment, type StackEnvironment } from "./services/stack-environment.js";
export { RunningServices, type ServicesPlace } from "./services/running-services.js";
export { Services } from "./services/services.js";
export {
  joinSharedServices,
  SHARED_RETRY_WAITS_MS,
  startSharedServices,
} from "./services/shared-services.js";
export { startServices, type ServicesOptions } from "./services/start-services.js";
export { TestWorkspace, type AcceptedEvent, type CreatedWebhook } from "./services/test-workspace.js";
export { createTopics, dropTopics, testKafka } from "./services/topics.js";
export { recordPlans, type QueryPlan } from "./store/record-plans.js";
export { StackProcess, type StackNode } from "./stack/stack-process.js";
export { startContainersStack, type ContainersStack } from "./stack/containers-stack.js";
export { StepRecorder, type RecordedStep } from "./traces/step-recorder.js";
export {
  makeTestCertificate,
  type TestCertificate,
  type TestCertificateOptions,
} from "./tls/test-certificate.js";
