import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Navigate,
} from "@tanstack/react-router";
import { NotFound } from "./components/not-found.js";
import { readMapPlace } from "./features/journeys/journey-search.js";
import { readCalendarSearch, readCampaignsSearch } from "./features/campaigns/campaign-search.js";
import { readLogSearch } from "./features/log/log-search.js";
import { readWebhookSearch } from "./features/webhooks/webhook-search.js";
import { Root } from "./layout/root.js";

const root = createRootRoute({ component: Root, notFoundComponent: NotFound });

/** Views are loaded when they are first shown. A feature adds its routes here, and its entry in layout/navigation.ts. */
const routes = [
  createRoute({
    getParentRoute: () => root,
    path: "/",
    component: () => <Navigate to="/webhooks" replace />,
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
] as const;

export function createAppRouter() {
  return createRouter({ routeTree: root.addChildren(routes), defaultPreload: "intent" });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
