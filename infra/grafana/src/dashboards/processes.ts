import type { DashboardInput } from "../dashboard.js";
import { figure, lines, quantile, quantiles, rate } from "../panel.js";

/** Everything of ours: other processes scraped by the same Prometheus are not meant. */
const OURS = 'service=~"(.*-)?(subscription-api|event-ingestor|router|dispatcher|health-monitor)"';

/** Is it the database, or a process? */
export const processes: DashboardInput = {
  uid: "hooklane-processes",
  title: "MongoDB and process health",
  description:
    "Is it the database or a process: disk, answers, memory, event loops, and the jobs the health-monitor does",
  rows: [
    {
      title: "MongoDB",
      panels: [
        figure({
          title: "Disk used",
          question: "How full is MongoDB's disk?",
          unit: "percentunit",
          queries: [
            {
              expr: "max(hooklane_mongodb_disk_used_bytes) / max(hooklane_mongodb_disk_bytes)",
              legend: "used",
            },
          ],
          redFrom: 0.8,
        }),
        figure({
          title: "Our data",
          question: "How much do we keep in it?",
          unit: "bytes",
          queries: [{ expr: "max(hooklane_mongodb_data_bytes)", legend: "data and indexes" }],
        }),
        figure({
          title: "Last looked at",
          question: "Does the health-monitor reach MongoDB?",
          unit: "s",
          queries: [{ expr: "max(hooklane_figures_age_seconds)", legend: "ago" }],
          redFrom: 60,
        }),
        lines({
          title: "Disk",
          question: "When will it be full?",
          unit: "bytes",
          queries: [
            { expr: "max(hooklane_mongodb_disk_used_bytes)", legend: "used, by whoever" },
            { expr: "max(hooklane_mongodb_disk_bytes)", legend: "size" },
            { expr: "max(hooklane_mongodb_data_bytes)", legend: "our data" },
          ],
        }),
        lines({
          title: "The simplest call",
          question: "Does MongoDB answer quickly?",
          unit: "s",
          queries: [{ expr: "max by (instance) (hooklane_mongodb_ping_seconds)", legend: "{{instance}}" }],
        }),
        lines({
          title: "Writes that wait for the majority",
          question: "How long do checkpoints and writes to the backlog take, p99?",
          unit: "s",
          queries: [
            { expr: quantile("hooklane_checkpoint_seconds", 0.99), legend: "checkpoint" },
            { expr: quantile("hooklane_backlog_park_seconds", 0.99), legend: "backlog" },
          ],
        }),
      ],
    },
    {
      title: "Processes",
      panels: [
        lines({
          title: "CPU",
          question: "How much of a core does each process use?",
          unit: "percentunit",
          queries: [
            {
              expr: `sum by (service, instance) (rate(process_cpu_seconds_total{${OURS}}[$__rate_interval]))`,
              legend: "{{service}} {{instance}}",
            },
          ],
        }),
        lines({
          title: "Memory",
          question: "How much memory does each process take?",
          unit: "bytes",
          queries: [{ expr: `process_resident_memory_bytes{${OURS}}`, legend: "{{service}} {{instance}}" }],
        }),
        lines({
          title: "JavaScript heap",
          question: "Does memory grow without end?",
          unit: "bytes",
          queries: [{ expr: `nodejs_heap_size_used_bytes{${OURS}}`, legend: "{{service}} {{instance}}" }],
        }),
        lines({
          title: "Event loop, p99",
          question: "Is a process too busy to answer?",
          unit: "s",
          queries: [
            { expr: `nodejs_eventloop_lag_p99_seconds{${OURS}}`, legend: "{{service}} {{instance}}" },
          ],
          redFrom: 0.5,
        }),
        lines({
          title: "Garbage collection",
          question: "Which share of its time does a process stand still?",
          unit: "percentunit",
          queries: [
            {
              expr: `sum by (service, instance) (rate(nodejs_gc_duration_seconds_sum{${OURS}}[$__rate_interval]))`,
              legend: "{{service}} {{instance}}",
            },
          ],
        }),
        lines({
          title: "File descriptors",
          question: "Does a process run out of them?",
          unit: "percentunit",
          queries: [
            {
              expr: `process_open_fds{${OURS}} / process_max_fds{${OURS}}`,
              legend: "{{service}} {{instance}}",
            },
          ],
          redFrom: 0.8,
        }),
        lines({
          title: "Up since",
          question: "Was a process restarted?",
          unit: "s",
          queries: [
            { expr: `time() - process_start_time_seconds{${OURS}}`, legend: "{{service}} {{instance}}" },
          ],
        }),
        lines({
          title: "The API",
          question: "How fast is it answered?",
          unit: "s",
          queries: quantiles("hooklane_api_request_duration_seconds"),
        }),
        lines({
          title: "POST /v1/events",
          question: "How fast are events taken?",
          unit: "s",
          queries: quantiles("hooklane_ingest_request_seconds"),
        }),
        lines({
          title: "Live streams",
          question: "How many clients follow live, and how much are they told?",
          unit: "short",
          queries: [
            { expr: "sum(hooklane_api_streams_open)", legend: "open" },
            { expr: rate("hooklane_api_calls_refused_total"), legend: "calls refused a second" },
          ],
        }),
      ],
    },
    {
      title: "Jobs of the health-monitor",
      panels: [
        lines({
          title: "Waiting to be put in line",
          question: "How much is scheduled, and how much is told late?",
          unit: "short",
          queries: [
            { expr: "max(hooklane_scheduled_events_waiting)", legend: "scheduled events" },
            { expr: "max(hooklane_contact_events_waiting)", legend: "changes of contacts" },
            { expr: "max(hooklane_touchpoints_waiting)", legend: "touchpoints" },
          ],
        }),
        lines({
          title: "Overdue",
          question: "Is anything due and not in line?",
          unit: "s",
          queries: [
            { expr: "max(hooklane_scheduled_events_overdue_seconds)", legend: "scheduled events" },
            { expr: "max(hooklane_contact_events_overdue_seconds)", legend: "changes of contacts" },
          ],
          redFrom: 60,
        }),
        lines({
          title: "Put in line",
          question: "What do jobs put in line?",
          unit: "reqps",
          queries: [
            { expr: rate("hooklane_scheduled_events_released_total"), legend: "scheduled events" },
            { expr: rate("hooklane_resends_produced_total"), legend: "resends" },
            { expr: rate("hooklane_recovered_events_total"), legend: "recovered events" },
            { expr: rate("hooklane_touchpoint_contacts_produced_total"), legend: "contacts of touchpoints" },
          ],
        }),
        lines({
          title: "Held back for the router",
          question: "Do jobs wait for the router?",
          unit: "reqps",
          queries: [
            { expr: rate("hooklane_resends_held_back_total"), legend: "resends" },
            { expr: rate("hooklane_touchpoints_held_back_total"), legend: "touchpoints" },
            { expr: rate("hooklane_contact_imports_held_back_total"), legend: "imports" },
          ],
        }),
      ],
    },
  ],
};
