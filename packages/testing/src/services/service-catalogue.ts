/** The five services, in the order of an event's way; the API first, as everything needs configuration. */
export const SERVICE_NAMES = [
  "subscription-api",
  "event-ingestor",
  "router",
  "dispatcher",
  "health-monitor",
] as const;
export type ServiceName = (typeof SERVICE_NAMES)[number];

/** The variable each service reads its port from. */
export const PORT_VARIABLES: Readonly<Record<ServiceName, string>> = {
  "subscription-api": "SUBSCRIPTION_API_PORT",
  "event-ingestor": "EVENT_INGESTOR_PORT",
  router: "ROUTER_PORT",
  dispatcher: "DISPATCHER_PORT",
  "health-monitor": "HEALTH_MONITOR_PORT",
};
