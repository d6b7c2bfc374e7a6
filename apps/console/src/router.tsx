import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from "@tanstack/react-router";
import { NotFound } from "./components/not-found.js";
import { readAudienceSearch } from "./features/audiences/audience-search.js";
import { readCalendarSearch, readCampaignsSearch } from "./features/campaigns/campaign-search.js";
import { readMapPlace } from "./features/journeys/journey-search.js";
import { readLogSearch } from "./features/log/log-search.js";
import { readAuditSearch } from "./features/settings/audit-search.js";
import { readStatsSearch } from "./features/stats/stats-range.js";
import { readWebhookSearch } from "./features/webhooks/webhook-search.js";
import { Root } from "./layout/root.js";

const root = createRootRoute({ component: Root, notFoundComponent: NotFound });

/** Views are loaded when they are first shown. A feature adds its routes here, and its entry in layout/navigation.ts. */
const routes = [
  createRoute({
    getParentRoute: () => root,
    path: "/",
    validateSearch: readStatsSearch,
    component: lazyRouteComponent(() => import("./features/home/home-page.js"), "HomePage"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/webhooks",
    validateSearch: readWebhookSearch,
    component: lazyRouteComponent(() => import("./features/webhooks/webhooks-page.js"), "WebhooksPage"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/webhooks/new",
    component: lazyRouteComponent(() => import("./features/webhooks/new-webhook-page.js"), "NewWebhookPage"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/webhooks/$id",
    component: lazyRouteComponent(() => import("./features/webhooks/webhook-page.js"), "WebhookPage"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/plans",
    component: lazyRouteComponent(() => import("./features/plans/plans-page.js"), "PlansPage"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/webhooks/$id/edit",
    component: lazyRouteComponent(
      () => import("./features/webhooks/edit-webhook-page.js"),
      "EditWebhookPage",
    ),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/journeys",
    component: lazyRouteComponent(() => import("./features/journeys/journeys-page.js"), "JourneysPage"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/journeys/new",
    component: lazyRouteComponent(() => import("./features/journeys/new-journey-page.js"), "NewJourneyPage"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/journeys/$id",
    component: lazyRouteComponent(() => import("./features/journeys/journey-page.js"), "JourneyPage"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/journeys/$id/points/new",
    validateSearch: readMapPlace,
    component: lazyRouteComponent(() => import("./features/journeys/new-point-page.js"), "NewPointPage"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/journeys/$id/points/$pointId",
    component: lazyRouteComponent(() => import("./features/journeys/edit-point-page.js"), "EditPointPage"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/logs",
    validateSearch: readLogSearch,
    component: lazyRouteComponent(() => import("./features/log/log-page.js"), "LogPage"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/events/$id",
    component: lazyRouteComponent(() => import("./features/log/event-page.js"), "EventPage"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/campaigns",
    validateSearch: readCampaignsSearch,
    component: lazyRouteComponent(() => import("./features/campaigns/campaigns-page.js"), "CampaignsPage"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/campaigns/new",
    component: lazyRouteComponent(
      () => import("./features/campaigns/new-campaign-page.js"),
      "NewCampaignPage",
    ),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/campaigns/$id",
    validateSearch: readCalendarSearch,
    component: lazyRouteComponent(() => import("./features/campaigns/campaign-page.js"), "CampaignPage"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/campaigns/$id/edit",
    component: lazyRouteComponent(
      () => import("./features/campaigns/edit-campaign-page.js"),
      "EditCampaignPage",
    ),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/campaigns/$id/touchpoints/new",
    component: lazyRouteComponent(
      () => import("./features/campaigns/new-touchpoint-page.js"),
      "NewTouchpointPage",
    ),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/campaigns/$id/touchpoints/$touchpointId",
    component: lazyRouteComponent(() => import("./features/campaigns/touchpoint-page.js"), "TouchpointPage"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/campaigns/$id/touchpoints/$touchpointId/edit",
    component: lazyRouteComponent(
      () => import("./features/campaigns/edit-touchpoint-page.js"),
      "EditTouchpointPage",
    ),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/audience",
    validateSearch: readAudienceSearch,
    component: lazyRouteComponent(() => import("./features/audiences/audience-page.js"), "AudiencePage"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/audience/$id/settings",
    component: lazyRouteComponent(
      () => import("./features/audiences/audience-settings-page.js"),
      "AudienceSettingsPage",
    ),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/audience/$id/webhooks",
    component: lazyRouteComponent(
      () => import("./features/audiences/audience-webhooks-page.js"),
      "AudienceWebhooksPage",
    ),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/audience/$id/webhooks/new",
    component: lazyRouteComponent(
      () => import("./features/audiences/new-audience-webhook-page.js"),
      "NewAudienceWebhookPage",
    ),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/audience/$id/webhooks/$webhookId",
    component: lazyRouteComponent(
      () => import("./features/audiences/edit-audience-webhook-page.js"),
      "EditAudienceWebhookPage",
    ),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/audience/$id/segments",
    component: lazyRouteComponent(() => import("./features/audiences/segments-page.js"), "SegmentsPage"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/audience/$id/imports",
    component: lazyRouteComponent(() => import("./features/audiences/imports-page.js"), "ImportsPage"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/settings",
    component: lazyRouteComponent(() => import("./features/settings/settings-page.js"), "SettingsPage"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/settings/api-keys",
    component: lazyRouteComponent(() => import("./features/settings/api-keys-page.js"), "ApiKeysPage"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/settings/audit-log",
    validateSearch: readAuditSearch,
    component: lazyRouteComponent(() => import("./features/settings/audit-log-page.js"), "AuditLogPage"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/settings/integrations",
    component: lazyRouteComponent(
      () => import("./features/integrations/integrations-page.js"),
      "IntegrationsPage",
    ),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/settings/integrations/webhooks",
    component: lazyRouteComponent(
      () => import("./features/integrations/integration-webhooks-page.js"),
      "IntegrationWebhooksPage",
    ),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/settings/integrations/webhooks/new",
    component: lazyRouteComponent(
      () => import("./features/integrations/new-integration-page.js"),
      "NewIntegrationPage",
    ),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/settings/integrations/webhooks/$id",
    component: lazyRouteComponent(
      () => import("./features/integrations/edit-integration-page.js"),
      "EditIntegrationPage",
    ),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/receivers",
    component: lazyRouteComponent(() => import("./features/receivers/receivers-page.js"), "ReceiversPage"),
  }),
] as const;

export function createAppRouter() {
  return createRouter({ routeTree: root.addChildren(routes), defaultPreload: "intent" });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
