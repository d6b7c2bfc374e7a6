export { backoff, defaultBackoff, type BackoffPolicy } from "./backoff.js";
export { systemClock, type Clock } from "./clock.js";
export { closeInReverse, type Closeable } from "./closeable.js";
export { describeConfig, toEnvExample } from "./config/describe-config.js";
export { destinationAllow, splitList } from "./config/destination-allow.js";
export { commonConfig, consoleUrl, milliseconds, port, wholeNumber } from "./config/fragments.js";
export {
  kafkaAccess,
  kafkaConfig,
  kafkaSecurity,
  type KafkaSecurityVariables,
} from "./config/kafka-access.js";
export { loadConfig, type Environment } from "./config/load-config.js";
export { readCommonConfig } from "./config/read-common-config.js";
export { readKafkaAccess } from "./config/read-kafka-access.js";
export { onOff } from "./config/on-off.js";
export { secretKeys, type SecretKeyVariable } from "./config/secret-keys.js";
export { listVariables, type ConfigSchema, type Variable, type VariableMeta } from "./config/variable.js";
export { createLogger, logLevels, type Logger, type LogLevel } from "./logger.js";
export {
  createMetrics,
  latencyBucketsSeconds,
  type Counter,
  type Gauge,
  type Histogram,
  type MetricOptions,
  type Metrics,
} from "./metrics.js";
export { describeMetrics, type MetricDescription } from "./describe-metrics.js";
export { startHealthServer, type HealthServer } from "./operational/health-server.js";
export { closeServer, listen, type ListenOptions } from "./operational/http-server.js";
export {
  createOperationalHandler,
  type OperationalHandler,
  type OperationalHandlerOptions,
} from "./operational/operational-handler.js";
export {
  Readiness,
  readyWhen,
  type ReadinessCheck,
  type ReadinessReport,
  type ReadinessResult,
} from "./operational/readiness.js";
export { openParts, type Parts } from "./parts.js";
export { retryForever, type RetryForeverOptions } from "./retry-forever.js";
export { runService, type ServiceContext, type ServiceDefinition } from "./run-service.js";
export { StartupError } from "./startup-error.js";
export { openTraces } from "./traces/open-traces.js";
export {
  passedTraces,
  type Span,
  type SpanAttributes,
  type TracedStep,
  type Traces,
} from "./traces/traces.js";
export { createTraceMetrics } from "./traces/trace-metrics.js";
export { tracesConfig } from "./traces/traces-config.js";
export { waitAtMost } from "./wait-at-most.js";
export { whenPossible } from "./when-possible.js";
