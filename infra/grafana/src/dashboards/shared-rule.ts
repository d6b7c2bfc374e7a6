import type { DashboardInput } from "../dashboard.js";
import { figure, lines, rate } from "../panel.js";

/** Errors against 30, trips, and whether people are told. No workspace is named: a metric carries no id. */
export const sharedRule: DashboardInput = {
  uid: "hooklane-shared-rule",
  title: "The shared rule",
  description:
    "More than 30 errors of a workspace in 30 minutes disable a webhook: how near, how often, and who is told",
  rows: [
    {
      title: "Now",
      panels: [
        figure({
          title: "Most errors of a workspace",
          question: "How near is the next trip? The 31st trips",
          unit: "none",
          queries: [{ expr: "max(hooklane_rule_errors_highest)", legend: "errors" }],
          redFrom: 25,
        }),
        figure({
          title: "Workspaces near the limit",
          question: "How many workspaces have 20 errors and more?",
          unit: "none",
          queries: [{ expr: 'max(hooklane_rule_workspaces{errors="near"})', legend: "workspaces" }],
          redFrom: 1,
        }),
        figure({
          title: "Trips not carried out",
          question: "Does a webhook go on that should be disabled?",
          unit: "none",
          queries: [{ expr: "max(hooklane_trips_unapplied_overdue)", legend: "trips" }],
          redFrom: 1,
        }),
        figure({
          title: "Mails pending",
          question: "Are people told?",
          unit: "none",
          queries: [{ expr: 'max(hooklane_notifications_pending{kind="mail"})', legend: "mails" }],
        }),
        figure({
          title: "Oldest mail pending",
          question: "How late are they told?",
          unit: "s",
          queries: [
            { expr: 'max(hooklane_notifications_pending_oldest_seconds{kind="mail"})', legend: "oldest" },
          ],
          redFrom: 900,
        }),
        figure({
          title: "Webhooks disabled",
          question: "How many webhooks are disabled automatically now?",
          unit: "none",
          queries: [{ expr: 'max(hooklane_webhooks{status="auto_disabled"})', legend: "webhooks" }],
        }),
      ],
    },
    {
      title: "Errors and trips",
      panels: [
        lines({
          title: "Errors against 30",
          question: "How near is the workspace with the most errors?",
          unit: "none",
          queries: [{ expr: "max(hooklane_rule_errors_highest)", legend: "errors of the worst workspace" }],
          redFrom: 30,
        }),
        lines({
          title: "Workspaces with errors",
          question: "How many workspaces have errors that count?",
          unit: "none",
          queries: [{ expr: "max by (errors) (hooklane_rule_workspaces)", legend: "{{errors}}" }],
          stacked: true,
        }),
        lines({
          title: "Errors counted",
          question: "How many failed attempts are counted?",
          unit: "reqps",
          queries: [{ expr: rate("hooklane_rule_errors_total"), legend: "errors" }],
        }),
        lines({
          title: "Trips",
          question: "How often does the rule trip?",
          unit: "short",
          queries: [
            { expr: "sum(increase(hooklane_trips_applied_total[$__rate_interval]))", legend: "carried out" },
            { expr: "max(hooklane_trips_unapplied_overdue)", legend: "not carried out" },
          ],
        }),
        lines({
          title: "Webhooks disabled, by reason",
          question: "Why are webhooks disabled?",
          unit: "short",
          queries: [
            {
              expr: "sum by (reason) (increase(hooklane_webhooks_disabled_total[$__rate_interval]))",
              legend: "{{reason}}",
            },
          ],
        }),
      ],
    },
    {
      title: "Telling people",
      panels: [
        lines({
          title: "Mails and operational webhooks",
          question: "Do they get out?",
          unit: "short",
          queries: [
            {
              expr: "sum by (kind, outcome) (increase(hooklane_notifications_total[$__rate_interval]))",
              legend: "{{kind}} {{outcome}}",
            },
          ],
        }),
        lines({
          title: "Pending",
          question: "How many are promised and not sent?",
          unit: "none",
          queries: [{ expr: "max by (kind) (hooklane_notifications_pending)", legend: "{{kind}}" }],
        }),
        lines({
          title: "Oldest pending",
          question: "How late are people told?",
          unit: "s",
          queries: [
            { expr: "max by (kind) (hooklane_notifications_pending_oldest_seconds)", legend: "{{kind}}" },
          ],
          redFrom: 900,
        }),
      ],
    },
  ],
};
