/** Generated from openapi.json: `npm run generate`. */
export interface paths {
    "/v1/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List events, newest first; a page may be short and still have a next one */
        get: operations["listEvents"];
        put?: never;
        /** Send an event, or up to 500; answered once the broker has them */
        post: operations["sendEvents"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workspaces": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List workspaces, oldest first */
        get: operations["listWorkspaces"];
        put?: never;
        /** Make a workspace with its first key */
        post: operations["createWorkspace"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workspaces/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a workspace */
        get: operations["getWorkspaceById"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Give a workspace another plan: what it lacks is locked, what was locked and it has comes back */
        patch: operations["patchWorkspaceById"];
        trace?: never;
    };
    "/v1/workspaces/{id}/api-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make a key for a workspace, when all of its own are lost */
        post: operations["createWorkspaceApiKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workspace": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read the key's workspace */
        get: operations["getWorkspace"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change the workspace */
        patch: operations["patchWorkspace"];
        trace?: never;
    };
    "/v1/api-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List keys, oldest first, revoked ones too */
        get: operations["listApiKeys"];
        put?: never;
        /** Make a key */
        post: operations["createApiKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/api-keys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Revoke a key for good, at once; also the one the call is made with, and the last one: the operator can make another */
        delete: operations["revokeApiKey"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/audit-log": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the changes of what is configured, newest first: by whom, by which call, from what to what */
        get: operations["listAuditLog"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workspaces/{id}/audit-log": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the changes of what a workspace has configured, newest first */
        get: operations["listWorkspaceAuditLog"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/installation/audit-log": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the changes of what is no workspace's (plans), newest first */
        get: operations["listInstallationAuditLog"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Show the request a webhook, saved or not, would send for an event; nothing is sent */
        post: operations["previewWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/test-filter": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Tell whether an event matches a filter, saved or not, and why; nothing is sent */
        post: operations["testFilter"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List webhooks, oldest first */
        get: operations["listWebhooks"];
        put?: never;
        /** Make a webhook; an event sent after the answer meets it */
        post: operations["createWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a webhook */
        get: operations["getWebhook"];
        put?: never;
        post?: never;
        /** Delete a webhook; what is queued for it is cancelled. One that is deleted is answered alike */
        delete: operations["deleteWebhook"];
        options?: never;
        head?: never;
        /** Change a webhook; a changed URL applies to what is queued too. Where another webhook shares its line, or the new URL has one, an active webhook moves there as `recovering`: order across the two lines is not promised */
        patch: operations["patchWebhook"];
        trace?: never;
    };
    "/v1/webhooks/{id}/activate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Switch a webhook on, also one that was disabled; old errors do not count. What it did not get is skipped, or sent first with `recover` */
        post: operations["activateWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{id}/deactivate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Switch a webhook off; what is queued is skipped, a recovery ends */
        post: operations["deactivateWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{id}/rotate-secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sign with a new secret; the one before signs too until the overlap is over */
        post: operations["rotateWebhookSecret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{id}/stats": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Tell in numbers what became of a webhook's deliveries; also those of a deleted one */
        get: operations["getWebhookStats"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{id}/stats/series": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Tell how a webhook's requests went over time; also those of a deleted one */
        get: operations["getWebhookStatsSeries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workspace/stats": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Tell how all requests of the workspace went over time, and which webhooks stand out */
        get: operations["getWorkspaceStats"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/event-types": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List event types by name */
        get: operations["listEventTypes"];
        put?: never;
        /** Make an event type of the workspace's own */
        post: operations["createEventType"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/event-types/{type}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read an event type */
        get: operations["getEventType"];
        put?: never;
        post?: never;
        /** Delete an event type of the workspace's own that no webhook asks for */
        delete: operations["deleteEventType"];
        options?: never;
        head?: never;
        /** Change an event type; of a preset's type only `validation` */
        patch: operations["patchEventType"];
        trace?: never;
    };
    "/v1/event-types/presets/{preset}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Install a preset of the catalogue; types the workspace has stay as they are */
        post: operations["installPreset"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/events/scheduled": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the events that wait for their `deliverAt`, soonest first */
        get: operations["listScheduledEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/events/scheduled/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Cancel an event that waits: it is logged as `cancelled` and never sent, nor its id again */
        delete: operations["cancelScheduledEvent"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/events/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read an event with its data; it is there once it was routed, or scheduled */
        get: operations["getEvent"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/events/{id}/explain": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Tell which webhooks an event went to, and why it did not go to the others */
        get: operations["explainEvent"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List deliveries, newest event first; a page may be short and still have a next one */
        get: operations["listDeliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/deliveries/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a delivery with every attempt */
        get: operations["getDelivery"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{id}/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List a webhook's deliveries, newest event first; also those of a deleted one */
        get: operations["listWebhookDeliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/deliveries/{id}/resend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send a delivery once more, behind what is queued for its endpoint; answered once the broker has it */
        post: operations["resendDelivery"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/events/{id}/resend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send an event once more to the webhooks it matched, or to one of them, behind what is queued */
        post: operations["resendEvent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/deliveries/resend-many": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send deliveries once more, oldest first, behind what is queued: counted with `dryRun`, else by a job, 100 a second */
        post: operations["resendDeliveries"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/jobs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read how far a job is; kept for 30 days after its end */
        get: operations["getJob"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/jobs/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End a job where it is, at most a second's work later; what is in line stays there */
        post: operations["cancelJob"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send a test event: attempted once, no error of the webhook; once a second a webhook. In its place in line, or at once to a webhook that is not sent to */
        post: operations["testWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Tell how much of the error quota is used, by whom, and by which errors */
        get: operations["getHealth"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/journeys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List journeys, oldest first */
        get: operations["listJourneys"];
        put?: never;
        /** Make a journey; it is a draft, whose points send nothing until it is started */
        post: operations["createJourney"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/journeys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a journey */
        get: operations["getJourney"];
        put?: never;
        post?: never;
        /** Delete a journey with its points, an active one too; what is queued for them is cancelled. One that is deleted is answered alike */
        delete: operations["deleteJourney"];
        options?: never;
        head?: never;
        /** Change a journey's name or map, in whatever status */
        patch: operations["patchJourney"];
        trace?: never;
    };
    "/v1/journeys/{id}/start": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Start a draft: from then on an arrival at one of its points sends a request */
        post: operations["startJourney"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/journeys/{id}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Pause an active journey; what is queued for its points is skipped */
        post: operations["pauseJourney"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/journeys/{id}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Resume a paused journey; a point that errors have disabled is activated by itself. With `recover`, what the points did not get is sent first, a job each */
        post: operations["resumeJourney"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/journeys/{id}/points": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List a journey's points, oldest first */
        get: operations["listJourneyPoints"];
        put?: never;
        /** Add a point; to an active journey as an active point */
        post: operations["createJourneyPoint"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/journeys/{id}/points/{pointId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a point and what it sent */
        get: operations["getJourneyPoint"];
        put?: never;
        post?: never;
        /** Delete a point, and from its journey's map; what is queued for it is cancelled. One that is deleted is answered alike */
        delete: operations["deleteJourneyPoint"];
        options?: never;
        head?: never;
        /** Change a point; a changed URL applies to what is queued too, as for every webhook */
        patch: operations["patchJourneyPoint"];
        trace?: never;
    };
    "/v1/journeys/{id}/points/{pointId}/arrivals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Tell that a contact arrived at a point of an active journey: one request is sent */
        post: operations["createArrival"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/audiences": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List audiences, oldest first */
        get: operations["listAudiences"];
        put?: never;
        /** Make an audience */
        post: operations["createAudience"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/audiences/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read an audience */
        get: operations["getAudience"];
        put?: never;
        post?: never;
        /** Delete an audience nothing needs, with its contacts, segments and tags; no event tells of them */
        delete: operations["deleteAudience"];
        options?: never;
        head?: never;
        /** Change an audience */
        patch: operations["patchAudience"];
        trace?: never;
    };
    "/v1/audiences/{id}/segments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List an audience's segments, oldest first */
        get: operations["listSegments"];
        put?: never;
        /** Make a segment: the contacts that meet conditions, whoever they are at the time */
        post: operations["createSegment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/audiences/{id}/segments/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Count the contacts that meet conditions, saved nowhere; nothing is changed */
        post: operations["previewSegment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/audiences/{id}/segments/{segmentId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a segment */
        get: operations["getSegment"];
        put?: never;
        post?: never;
        /** Delete a segment no touchpoint waits for; its contacts stay */
        delete: operations["deleteSegment"];
        options?: never;
        head?: never;
        /** Change a segment; conditions are replaced as a whole */
        patch: operations["patchSegment"];
        trace?: never;
    };
    "/v1/audiences/{id}/segments/{segmentId}/count": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Count the contacts of a segment */
        get: operations["countSegment"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/audiences/{id}/tags": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List an audience's tags by name */
        get: operations["listTags"];
        put?: never;
        /** Make a tag, which contacts of the audience can have from then on */
        post: operations["createTag"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/audiences/{id}/tags/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a tag */
        get: operations["getTag"];
        put?: never;
        post?: never;
        /** Delete a tag: contacts get it no more, and those that have it lose it one after the other */
        delete: operations["deleteTag"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/audiences/{id}/contacts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List an audience's contacts, oldest first */
        get: operations["listContacts"];
        put?: never;
        /** Add a contact to an audience */
        post: operations["createContact"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/audiences/{id}/contacts/{contactId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a contact */
        get: operations["getContact"];
        put?: never;
        post?: never;
        /** Delete a contact; what campaigns have in line for it is not sent any more */
        delete: operations["deleteContact"];
        options?: never;
        head?: never;
        /** Change a contact */
        patch: operations["patchContact"];
        trace?: never;
    };
    "/v1/campaigns/calendar": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read the touchpoints of all campaigns by day, in the workspace's time zone */
        get: operations["getCampaignCalendar"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/campaigns": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List campaigns, oldest first */
        get: operations["listCampaigns"];
        put?: never;
        /** Make a campaign for an audience */
        post: operations["createCampaign"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/campaigns/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a campaign */
        get: operations["getCampaign"];
        put?: never;
        post?: never;
        /** Delete a campaign with its touchpoints, unless one of them is scheduled or running */
        delete: operations["deleteCampaign"];
        options?: never;
        head?: never;
        /** Change a campaign; its touchpoints keep the audience they have */
        patch: operations["patchCampaign"];
        trace?: never;
    };
    "/v1/campaigns/{id}/touchpoints": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List a campaign's touchpoints, oldest first */
        get: operations["listTouchpoints"];
        put?: never;
        /** Add a touchpoint, scheduled unless it is to stay a draft */
        post: operations["createTouchpoint"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/campaigns/{id}/touchpoints/{touchpointId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a touchpoint and what became of its contacts */
        get: operations["getTouchpoint"];
        put?: never;
        post?: never;
        /** Delete a touchpoint, in whatever status; what is queued for it is cancelled */
        delete: operations["deleteTouchpoint"];
        options?: never;
        head?: never;
        /** Change a touchpoint, or move it to another time, until it is due */
        patch: operations["patchTouchpoint"];
        trace?: never;
    };
    "/v1/campaigns/{id}/touchpoints/{touchpointId}/schedule": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Schedule a draft for its time; one that is scheduled is answered alike */
        post: operations["scheduleTouchpoint"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/campaigns/{id}/touchpoints/{touchpointId}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Cancel a scheduled touchpoint before it is due, for good; one that is cancelled is answered alike */
        post: operations["cancelTouchpoint"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/plans": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List plans; with a workspace's key its plan, those of its family and what each unlocks */
        get: operations["listPlans"];
        put?: never;
        /** Make a plan */
        post: operations["createPlan"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/plans/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a plan */
        get: operations["getPlan"];
        put?: never;
        post?: never;
        /** Delete a plan no workspace has */
        delete: operations["deletePlan"];
        options?: never;
        head?: never;
        /** Change a plan; webhooks of the workspaces that have it are locked or come back */
        patch: operations["patchPlan"];
        trace?: never;
    };
    "/v1/plans/families/{family}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Install a family of plans (mail, audience, messaging); those there are stay as they are */
        post: operations["installPlanFamily"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/audiences/{id}/imports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List imports of an audience, newest first; kept for 30 days after their end */
        get: operations["listContactImports"];
        put?: never;
        /** Import contacts: the upload is read as it comes, and written by a job once it is complete. One that breaks off imports nothing. At most 200 MiB, 1,000,000 lines, 64 KiB a line, 5 minutes; repeats with an `Idempotency-Key` send it again */
        post: operations["importContacts"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/audiences/{id}/imports/{job}/errors": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List what was wrong with the lines of an import, in their order; of the first 10,000 such lines */
        get: operations["listContactImportErrors"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Follow deliveries, webhooks and the error quota as they change, as server-sent events */
        get: operations["stream"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        IngestEvent: {
            /** @description Unique in the workspace; given again, the event is accepted again and delivered once. Default: one of ours */
            id?: string;
            /** @description From the workspace's catalogue */
            type: string;
            /**
             * Format: date-time
             * @description RFC 3339 date-time with offset, at most 24 hours ahead; passed on as written. Default: the time of acceptance
             */
            timestamp?: string;
            /**
             * @description Who set it off
             * @default api
             * @enum {string}
             */
            source?: "subscriber" | "admin" | "api" | "import" | "automation" | "system";
            /** @description What happened, by the event type's schema */
            data: {
                [key: string]: unknown;
            };
            /**
             * Format: date-time
             * @description RFC 3339 date-time with offset, 1 minute to 90 days ahead: the event enters the line then and is matched then. Default: at once
             */
            deliverAt?: string;
        };
        IngestBatch: {
            events: components["schemas"]["IngestEvent"][];
        };
        CreateWorkspace: {
            name: string;
            /** @description Told when a webhook is disabled */
            contacts: {
                /** Format: email */
                email: string;
                /** @enum {string} */
                language: "en" | "fr";
            }[];
            /**
             * @description The id of a plan; by default everything is on
             * @default self_hosted
             * @example mail.standard
             */
            plan?: string;
            /**
             * @description IANA name, used in mails
             * @default UTC
             * @example Europe/Paris
             */
            timeZone?: string;
            /**
             * @description Sets of event types to install
             * @default [
             *       "email_marketing",
             *       "audience",
             *       "messaging"
             *     ]
             */
            presets?: ("email_marketing" | "audience" | "messaging")[];
            /**
             * @description Which webhooks the 31st error disables
             * @default worst
             * @enum {string}
             */
            disablePolicy?: "worst" | "last" | "contributors" | "all";
            /**
             * @description Paths into events that are stored and shown as `[redacted]`; receivers get the original, which is kept sealed. A change holds for later events
             * @default []
             */
            redact?: string[];
            /**
             * @description Days the logs are kept
             * @default 30
             */
            retentionDays?: number;
            /** @description Told beside the contacts; signed with a secret of its own */
            operationalWebhook?: {
                /**
                 * @description Absolute http or https URL, without credentials and fragment
                 * @example https://example.org/hooks
                 */
                url: string;
            };
        };
        PatchWorkspacePlan: {
            plan: string;
        };
        CreateApiKey: {
            name: string;
            /**
             * @description `read` and `write` for this API, `ingest` to send events
             * @default [
             *       "read",
             *       "write",
             *       "ingest"
             *     ]
             */
            scopes?: ("read" | "write" | "ingest")[];
            /**
             * Format: date-time
             * @description In the future. Default: never
             */
            expiresAt?: string;
        };
        /** @description JSON merge patch: null sets back to the default */
        PatchWorkspace: {
            name?: string;
            /** @description Told when a webhook is disabled */
            contacts?: {
                /** Format: email */
                email: string;
                /** @enum {string} */
                language: "en" | "fr";
            }[];
            timeZone?: string | null;
            disablePolicy?: ("worst" | "last" | "contributors" | "all") | null;
            redact?: string[] | null;
            retentionDays?: number | null;
            operationalWebhook?: {
                /**
                 * @description Absolute http or https URL, without credentials and fragment
                 * @example https://example.org/hooks
                 */
                url: string;
            } | null;
        };
        PreviewWebhook: {
            /** @description As it is saved */
            webhookId?: string;
            /**
             * @description Of a webhook not saved; default `application/json`
             * @enum {string}
             */
            contentType?: "application/json" | "application/x-www-form-urlencoded" | "multipart/form-data";
            /** @description Sent instead of the event: Liquid templates over `id`, `type`, `timestamp`, `source`, `data` and `webhook` (`id`, `name`). For `application/json` one string; what it puts out is escaped for the inside of a JSON string, objects are JSON, filter `json` puts out any value as JSON and `raw` as it is; the result has to be JSON. For the form types a list of fields. Excludes `batching`. A template that fails on an event makes it a dead letter at once, which counts as one error */
            body?: string | {
                name: string;
                value: string;
            }[];
            /** @description Sent with every request. Names of Hooklane's own headers are refused */
            headers?: {
                [key: string]: string;
            };
            /** @description As it would be sent to `POST /v1/events` */
            event?: {
                /** @description Unique in the workspace; given again, the event is accepted again and delivered once. Default: one of ours */
                id?: string;
                /** @description From the workspace's catalogue */
                type: string;
                /**
                 * Format: date-time
                 * @description RFC 3339 date-time with offset, at most 24 hours ahead; passed on as written. Default: the time of acceptance
                 */
                timestamp?: string;
                /**
                 * @description Who set it off
                 * @default api
                 * @enum {string}
                 */
                source?: "subscriber" | "admin" | "api" | "import" | "automation" | "system";
                /** @description What happened, by the event type's schema */
                data: {
                    [key: string]: unknown;
                };
            };
            /** @description One of the event log; redacted fields stay redacted */
            eventId?: string;
            /** @description The example of this type; without one, an event with empty `data` */
            eventType?: string;
        };
        TestFilter: {
            /**
             * @description Conditions on the event, a subset of MongoDB's query language: paths that begin with `id`, `type`, `timestamp`, `source` or `data`, with a value or the operators `$eq $ne $gt $gte $lt $lte $in $nin $exists $all $size $elemMatch $not` and `$regex` (with `$options: "i"`), joined by `$and $or $nor`. Times are compared as the texts they are. A `$regex` is of RE2's syntax: no look-around, no back-references. At most 50 conditions, 500 values in lists, 16 levels and 8192 characters. A filter that takes too many steps on an event does not match it. A merge patch replaces it as a whole. Absent: every event matches
             * @example {
             *       "data.contact.country": {
             *         "$in": [
             *           "FR",
             *           "BE"
             *         ]
             *       },
             *       "data.order.total": {
             *         "$gte": 100
             *       }
             *     }
             */
            filter?: {
                [key: string]: unknown;
            };
            /** @description Its filter as it is saved; without one every event matches */
            webhookId?: string;
            /** @description As it would be sent to `POST /v1/events`; its type need not be known */
            event?: {
                /** @description Unique in the workspace; given again, the event is accepted again and delivered once. Default: one of ours */
                id?: string;
                /** @description From the workspace's catalogue */
                type: string;
                /**
                 * Format: date-time
                 * @description RFC 3339 date-time with offset, at most 24 hours ahead; passed on as written. Default: the time of acceptance
                 */
                timestamp?: string;
                /**
                 * @description Who set it off
                 * @default api
                 * @enum {string}
                 */
                source?: "subscriber" | "admin" | "api" | "import" | "automation" | "system";
                /** @description What happened, by the event type's schema */
                data: {
                    [key: string]: unknown;
                };
            };
            /** @description One of the event log; redacted fields stay redacted, for the filter too */
            eventId?: string;
        };
        CreateWebhook: {
            /**
             * @description `audience`: the actions of one audience; the name is optional (default: the URL's host), `audienceId` is not, and it is switched on unless said otherwise. Cannot be changed
             * @default events
             * @enum {string}
             */
            kind?: "events" | "audience";
            /** @description Required for kind `events` */
            name?: string;
            /**
             * @description Absolute http or https URL, without credentials and fragment
             * @example https://example.org/hooks
             */
            url: string;
            /** @description Names of the workspace's event types */
            eventTypes: string[];
            /**
             * @description Default: `inactive`; for kind `audience` `active`, plan permitting
             * @enum {string}
             */
            status?: "inactive" | "active";
            /** @description Several events in one request, as a JSON array. Absent: one each */
            batching?: {
                /** @default 100 */
                maxEvents?: number;
                /** @default 5 */
                maxWaitSeconds?: number;
            };
            /**
             * @description Which answers count as success
             * @default 2xx
             * @enum {string}
             */
            successStatus?: "200" | "2xx";
            /** @description Who must have set an event off. Absent: no filter */
            sources?: ("subscriber" | "admin" | "api")[];
            /** @description Only events about this audience. Absent: no matter which; required for kind `audience`. One that begins with `au_` has to be an audience of the workspace; any other is kept by who sends the events */
            audienceId?: string;
            /**
             * @description Conditions on the event, a subset of MongoDB's query language: paths that begin with `id`, `type`, `timestamp`, `source` or `data`, with a value or the operators `$eq $ne $gt $gte $lt $lte $in $nin $exists $all $size $elemMatch $not` and `$regex` (with `$options: "i"`), joined by `$and $or $nor`. Times are compared as the texts they are. A `$regex` is of RE2's syntax: no look-around, no back-references. At most 50 conditions, 500 values in lists, 16 levels and 8192 characters. A filter that takes too many steps on an event does not match it. A merge patch replaces it as a whole. Absent: every event matches
             * @example {
             *       "data.contact.country": {
             *         "$in": [
             *           "FR",
             *           "BE"
             *         ]
             *       },
             *       "data.order.total": {
             *         "$gte": 100
             *       }
             *     }
             */
            filter?: {
                [key: string]: unknown;
            };
            /**
             * @description Sent with every request. Names of Hooklane's own headers are refused
             * @default {}
             */
            headers?: {
                [key: string]: string;
            };
            /** @description HTTP Basic, a bearer token, or OAuth2 client credentials: the token is fetched with HTTP Basic, kept until it expires, and fetched anew after a 401 */
            auth?: {
                /** @constant */
                type: "basic";
                username: string & (unknown & unknown);
                /** @description Never shown again */
                password: string;
            } | {
                /** @constant */
                type: "bearer";
                /** @description Sent as `Authorization: Bearer …`. Never shown again */
                token: string;
            } | {
                /**
                 * @description The token endpoint; addresses are checked as a webhook's own
                 * @example https://example.org/hooks
                 */
                tokenUrl: string;
                clientId: string;
                /** @description Never shown again */
                clientSecret: string;
                /**
                 * @description Space-separated
                 * @example events:write
                 */
                scope?: string;
                /** @description Whom the token is for, where the authorization server asks for it */
                audience?: string;
                /** @constant */
                type: "oauth2";
            };
            /**
             * @description How requests are signed (Standard Webhooks): `v1` with a secret both sides have, or `v1a` with a private key that never leaves Hooklane. Changing it makes a new secret; the one before signs too for 24 hours
             * @default hmac-sha256
             * @enum {string}
             */
            signatureScheme?: "hmac-sha256" | "ed25519";
            /** @description Mutual TLS: what is shown to receivers that ask who connects. For https URLs only */
            clientCertificate?: {
                /** @description PEM: the certificate, then its issuers' in order. Replaced by a patch, it is used from the next attempt on */
                certificate: string;
                /** @description PEM, not encrypted: RSA of 2,048 to 4,096 bits, EC on P-256, P-384 or P-521, or Ed25519. Never shown again */
                privateKey: string;
                /** @description PEM: whom the receiver's certificate may come from, instead of the well-known authorities. Absent: those */
                trustedCertificates?: string;
            };
            /**
             * @description Form types and batching exclude each other
             * @default application/json
             * @enum {string}
             */
            contentType?: "application/json" | "application/x-www-form-urlencoded" | "multipart/form-data";
            /** @description Sent instead of the event: Liquid templates over `id`, `type`, `timestamp`, `source`, `data` and `webhook` (`id`, `name`). For `application/json` one string; what it puts out is escaped for the inside of a JSON string, objects are JSON, filter `json` puts out any value as JSON and `raw` as it is; the result has to be JSON. For the form types a list of fields. Excludes `batching`. A template that fails on an event makes it a dead letter at once, which counts as one error */
            body?: string | {
                name: string;
                value: string;
            }[];
            /** @description Requests a second at most. Webhooks of one URL share its line: the lowest limit holds. Absent: no limit */
            rateLimitPerSecond?: number;
        };
        /** @description JSON merge patch: null removes a value or sets it to its default */
        PatchWebhook: {
            name?: string;
            /**
             * @description Absolute http or https URL, without credentials and fragment
             * @example https://example.org/hooks
             */
            url?: string;
            /** @description Names of the workspace's event types */
            eventTypes?: string[];
            /** @enum {string} */
            status?: "inactive" | "active";
            batching?: {
                /** @default 100 */
                maxEvents?: number;
                /** @default 5 */
                maxWaitSeconds?: number;
            } | null;
            successStatus?: ("200" | "2xx") | null;
            sources?: ("subscriber" | "admin" | "api")[] | null;
            audienceId?: string | null;
            /** @description Replaces the filter before as a whole; null removes it */
            filter?: {
                [key: string]: unknown;
            } | null;
            headers?: {
                [key: string]: string | null;
            } | null;
            auth?: {
                /** @enum {string} */
                type?: "basic" | "bearer" | "oauth2";
                username?: string & (unknown & unknown);
                /** @description Never shown again */
                password?: string;
                /** @description Sent as `Authorization: Bearer …`. Never shown again */
                token?: string;
                /**
                 * @description The token endpoint; addresses are checked as a webhook's own
                 * @example https://example.org/hooks
                 */
                tokenUrl?: string;
                clientId?: string;
                /** @description Never shown again */
                clientSecret?: string;
                scope?: string | null;
                audience?: string | null;
            } | null;
            signatureScheme?: ("hmac-sha256" | "ed25519") | null;
            clientCertificate?: {
                /** @description PEM: the certificate, then its issuers' in order. Replaced by a patch, it is used from the next attempt on */
                certificate?: string;
                /** @description PEM, not encrypted: RSA of 2,048 to 4,096 bits, EC on P-256, P-384 or P-521, or Ed25519. Never shown again */
                privateKey?: string;
                trustedCertificates?: string | null;
            } | null;
            contentType?: ("application/json" | "application/x-www-form-urlencoded" | "multipart/form-data") | null;
            body?: (string | {
                name: string;
                value: string;
            }[]) | null;
            rateLimitPerSecond?: number | null;
        };
        ActivateWebhook: {
            /**
             * @description Send what the webhook did not get since it was last switched on without this, in the order it happened, before anything new. Without it new events only
             * @default false
             */
            recover?: boolean;
        };
        EmptyBody: Record<string, never>;
        RotateSecret: {
            /**
             * @description For so long the secret before signs too. 0: every older secret ends at once. At most 3 sign at a time
             * @default 24
             */
            overlapHours?: number;
        };
        CreateEventType: {
            type: string;
            /**
             * @description JSON Schema 2020-12 of `data`; refers only to itself; at most 64 KiB and 32 levels
             * @default {
             *       "type": "object"
             *     }
             */
            schema?: {
                [key: string]: unknown;
            };
            /** @description French defaults to English */
            labels?: {
                en: string;
                fr?: string;
            };
            /** @description French defaults to English */
            descriptions?: {
                en: string;
                fr?: string;
            };
            /** @description A whole event; its `data` has to fit the schema */
            example?: {
                [key: string]: unknown;
            };
            /**
             * @description What happens at ingest to events that do not fit: refused, accepted with a warning, not checked
             * @default reject
             * @enum {string}
             */
            validation?: "reject" | "warn" | "off";
        };
        PatchEventType: {
            /** @description JSON Schema 2020-12 of `data`; refers only to itself; at most 64 KiB and 32 levels */
            schema?: {
                [key: string]: unknown;
            };
            /** @description French defaults to English */
            labels?: {
                en: string;
                fr?: string;
            };
            /** @description French defaults to English */
            descriptions?: {
                en: string;
                fr?: string;
            };
            example?: {
                [key: string]: unknown;
            } | null;
            /**
             * @description What happens at ingest to events that do not fit: refused, accepted with a warning, not checked
             * @enum {string}
             */
            validation?: "reject" | "warn" | "off";
        };
        ResendEvent: {
            /** @description To this one alone, which the event matched. Default: to every one it matched */
            webhookId?: string;
        };
        ResendMany: {
            filter: components["schemas"]["ResendFilter"];
            /**
             * @description Only count; nothing is resent
             * @default false
             */
            dryRun?: boolean;
        };
        /** @description All given conditions hold. Of one webhook, or a status other than `delivered` */
        ResendFilter: {
            webhookId?: string;
            eventType?: string;
            /**
             * @description Default: all of these
             * @enum {string}
             */
            status?: "delivered" | "dead_letter" | "skipped" | "cancelled";
            /**
             * Format: date-time
             * @description Event accepted at or after
             */
            from?: string;
            /**
             * Format: date-time
             * @description Event accepted before. Default: now
             */
            to?: string;
        };
        TestWebhook: {
            /** @description Its example is sent, with an id and a time of its own; ticked or not. Of a journey's point `journey.point_reached`, of a touchpoint `campaign.touchpoint_due` */
            eventType: string;
        };
        CreateJourney: {
            name: string;
            /** @description The map of the journey: it is drawn, not carried out */
            steps?: {
                /** @description Unique in the journey; chosen by who draws the map */
                id: string;
                /**
                 * @description `start`, `rule` and `action` are labels for what the upstream application does; a `point` sends requests
                 * @enum {string}
                 */
                kind: "start" | "rule" | "action" | "point";
                /** @description Required but for a `point`, which has its name */
                label?: string;
                /** @description Of a `point`: which of the journey's points; it stands on the map once */
                pointId?: string;
                /**
                 * @description Ids of the steps behind it; a path may lead back
                 * @default []
                 */
                next?: string[];
            }[];
        };
        PatchJourney: {
            name?: string;
            /** @description The map of the journey: it is drawn, not carried out */
            steps?: {
                /** @description Unique in the journey; chosen by who draws the map */
                id: string;
                /**
                 * @description `start`, `rule` and `action` are labels for what the upstream application does; a `point` sends requests
                 * @enum {string}
                 */
                kind: "start" | "rule" | "action" | "point";
                /** @description Required but for a `point`, which has its name */
                label?: string;
                /** @description Of a `point`: which of the journey's points; it stands on the map once */
                pointId?: string;
                /**
                 * @description Ids of the steps behind it; a path may lead back
                 * @default []
                 */
                next?: string[];
            }[];
        };
        ResumeJourney: {
            /**
             * @description Send, before anything new, what the points did not get while the journey was paused: arrivals told by event, and what was queued when it was paused
             * @default false
             */
            recover?: boolean;
        };
        CreateJourneyPoint: {
            name: string;
            /**
             * @description Absolute http or https URL, without credentials and fragment
             * @example https://example.org/hooks
             */
            url: string;
            /** @description HTTP Basic: both are required */
            auth: {
                /**
                 * @default basic
                 * @constant
                 */
                type?: "basic";
                username: string & (unknown & unknown);
                /** @description Never shown again */
                password: string;
            };
            /**
             * @description Sent with every request. Names of Hooklane's own headers are refused
             * @default {}
             */
            headers?: {
                [key: string]: string;
            };
            /**
             * @default application/json
             * @enum {string}
             */
            contentType?: "application/json" | "multipart/form-data";
            /** @description Sent instead of the event: Liquid templates over `contact`, and over what the event has: `id`, `type`, `timestamp`, `source`, `data` and `webhook` (`id`, `name`). For `application/json` one string that makes JSON, for `multipart/form-data` a list of fields; see `CreateWebhook` */
            body?: string | {
                name: string;
                value: string;
            }[];
            /**
             * @description How requests are signed (Standard Webhooks): `v1` with a secret both sides have, or `v1a` with a private key that never leaves Hooklane. Changing it makes a new secret; the one before signs too for 24 hours
             * @default hmac-sha256
             * @enum {string}
             */
            signatureScheme?: "hmac-sha256" | "ed25519";
            /** @description Mutual TLS: what is shown to receivers that ask who connects. For https URLs only */
            clientCertificate?: {
                /** @description PEM: the certificate, then its issuers' in order. Replaced by a patch, it is used from the next attempt on */
                certificate: string;
                /** @description PEM, not encrypted: RSA of 2,048 to 4,096 bits, EC on P-256, P-384 or P-521, or Ed25519. Never shown again */
                privateKey: string;
                /** @description PEM: whom the receiver's certificate may come from, instead of the well-known authorities. Absent: those */
                trustedCertificates?: string;
            };
            /**
             * @description Which answers count as success
             * @default 2xx
             * @enum {string}
             */
            successStatus?: "200" | "2xx";
            /** @description Requests a second at most. Webhooks of one URL share its line: the lowest limit holds. Absent: no limit */
            rateLimitPerSecond?: number;
        };
        /** @description JSON merge patch: null removes a value or sets it to its default */
        PatchJourneyPoint: {
            name?: string;
            /**
             * @description Absolute http or https URL, without credentials and fragment
             * @example https://example.org/hooks
             */
            url?: string;
            auth?: {
                /** @constant */
                type?: "basic";
                username?: string & (unknown & unknown);
                /** @description Never shown again */
                password?: string;
            };
            headers?: {
                [key: string]: string | null;
            } | null;
            contentType?: ("application/json" | "multipart/form-data") | null;
            body?: (string | {
                name: string;
                value: string;
            }[]) | null;
            signatureScheme?: ("hmac-sha256" | "ed25519") | null;
            clientCertificate?: {
                /** @description PEM: the certificate, then its issuers' in order. Replaced by a patch, it is used from the next attempt on */
                certificate?: string;
                /** @description PEM, not encrypted: RSA of 2,048 to 4,096 bits, EC on P-256, P-384 or P-521, or Ed25519. Never shown again */
                privateKey?: string;
                trustedCertificates?: string | null;
            } | null;
            successStatus?: ("200" | "2xx") | null;
            rateLimitPerSecond?: number | null;
        };
        CreateArrival: {
            /**
             * @description Who arrived: a `subscriber` of the catalogue, passed on as it is given, or `{id: "ct_…"}` alone for a contact kept here
             * @example {
             *       "id": "c-1",
             *       "audience_id": "list-7",
             *       "email": "lea@example.org",
             *       "fields": {
             *         "first_name": "Léa"
             *       }
             *     }
             */
            contact: {
                id: string;
                audience_id?: string;
                /** Format: email */
                email?: string;
                /** @enum {string} */
                email_format?: "html" | "text";
                fields?: {
                    [key: string]: unknown;
                };
            } & {
                [key: string]: unknown;
            };
            /** @description Of this arrival, unique among the workspace's events: given again, it is one arrival. Default: one of ours */
            id?: string;
        };
        CreateAudience: {
            name: string;
        };
        PatchAudience: {
            name?: string;
        };
        CreateSegment: {
            name: string;
            /**
             * @description Conditions on a contact, in the language of webhooks' filters: paths that begin with `id`, `audience_id`, `email`, `email_format`, `fields`, `tags` or `status`. At most 50 conditions, 500 values in lists, 16 levels and 8192 characters. A contact on which they take too many steps does not match
             * @example {
             *       "status": "subscribed",
             *       "fields.city": {
             *         "$in": [
             *           "Lyon",
             *           "Paris"
             *         ]
             *       },
             *       "tags": "vip"
             *     }
             */
            conditions: {
                [key: string]: unknown;
            };
        };
        PreviewSegment: {
            /**
             * @description Conditions on a contact, in the language of webhooks' filters: paths that begin with `id`, `audience_id`, `email`, `email_format`, `fields`, `tags` or `status`. At most 50 conditions, 500 values in lists, 16 levels and 8192 characters. A contact on which they take too many steps does not match
             * @example {
             *       "status": "subscribed",
             *       "fields.city": {
             *         "$in": [
             *           "Lyon",
             *           "Paris"
             *         ]
             *       },
             *       "tags": "vip"
             *     }
             */
            conditions: {
                [key: string]: unknown;
            };
        };
        PatchSegment: {
            name?: string;
            /**
             * @description Conditions on a contact, in the language of webhooks' filters: paths that begin with `id`, `audience_id`, `email`, `email_format`, `fields`, `tags` or `status`. At most 50 conditions, 500 values in lists, 16 levels and 8192 characters. A contact on which they take too many steps does not match
             * @example {
             *       "status": "subscribed",
             *       "fields.city": {
             *         "$in": [
             *           "Lyon",
             *           "Paris"
             *         ]
             *       },
             *       "tags": "vip"
             *     }
             */
            conditions?: {
                [key: string]: unknown;
            };
        };
        CreateTag: {
            name: string;
        };
        CreateContact: {
            /**
             * Format: email
             * @description One contact of an audience has it, however its letters are spelled
             */
            email: string;
            /** @enum {string} */
            emailFormat?: "html" | "text";
            /**
             * @default subscribed
             * @enum {string}
             */
            status?: "subscribed" | "unsubscribed";
            /**
             * @description A contact's own fields: texts of at most 2000 characters, numbers, true and false; at most 100 and 32768 characters as JSON. A name has at most 64 characters, no dot, and does not begin with `$`
             * @default {}
             * @example {
             *       "city": "Lyon",
             *       "orders": 3
             *     }
             */
            fields?: {
                [key: string]: string | number | boolean;
            };
            /**
             * @description Names of the audience's tags
             * @default []
             */
            tags?: string[];
        };
        /** @description JSON merge patch: a field that is null is taken away, `tags` are replaced as a whole */
        PatchContact: {
            /** Format: email */
            email?: string;
            emailFormat?: ("html" | "text") | null;
            /** @enum {string} */
            status?: "subscribed" | "unsubscribed";
            fields?: {
                [key: string]: (string | number | boolean) | null;
            } | null;
            tags?: string[] | null;
        };
        CreateCampaign: {
            name: string;
            /** @description `au_…` */
            audienceId: string;
            /** @description What it is to reach, in your words */
            goal?: string;
        };
        PatchCampaign: {
            name?: string;
            /** @description Of touchpoints made from now on */
            audienceId?: string;
            goal?: string | null;
        };
        CreateTouchpoint: {
            name: string;
            /**
             * @description Absolute http or https URL, without credentials and fragment
             * @example https://example.org/hooks
             */
            url: string;
            /** @description HTTP Basic: both are required */
            auth: {
                /**
                 * @default basic
                 * @constant
                 */
                type?: "basic";
                username: string & (unknown & unknown);
                /** @description Never shown again */
                password: string;
            };
            /**
             * @description Sent with every request. Names of Hooklane's own headers are refused
             * @default {}
             */
            headers?: {
                [key: string]: string;
            };
            /**
             * @default application/json
             * @enum {string}
             */
            contentType?: "application/json" | "multipart/form-data";
            /** @description Sent instead of the event: Liquid templates over `contact`, and over what the event has: `id`, `type`, `timestamp`, `source`, `data` and `webhook` (`id`, `name`). For `application/json` one string that makes JSON, for `multipart/form-data` a list of fields; see `CreateWebhook` */
            body?: string | {
                name: string;
                value: string;
            }[];
            /**
             * @description How requests are signed (Standard Webhooks): `v1` with a secret both sides have, or `v1a` with a private key that never leaves Hooklane. Changing it makes a new secret; the one before signs too for 24 hours
             * @default hmac-sha256
             * @enum {string}
             */
            signatureScheme?: "hmac-sha256" | "ed25519";
            /** @description Mutual TLS: what is shown to receivers that ask who connects. For https URLs only */
            clientCertificate?: {
                /** @description PEM: the certificate, then its issuers' in order. Replaced by a patch, it is used from the next attempt on */
                certificate: string;
                /** @description PEM, not encrypted: RSA of 2,048 to 4,096 bits, EC on P-256, P-384 or P-521, or Ed25519. Never shown again */
                privateKey: string;
                /** @description PEM: whom the receiver's certificate may come from, instead of the well-known authorities. Absent: those */
                trustedCertificates?: string;
            };
            /**
             * @description Which answers count as success
             * @default 2xx
             * @enum {string}
             */
            successStatus?: "200" | "2xx";
            /** @description Requests a second at most. Webhooks of one URL share its line: the lowest limit holds. Absent: no limit */
            rateLimitPerSecond?: number;
            /** @description Default: the campaign's */
            audienceId?: string;
            /** @description `seg_…` of the audience; not with `tag` */
            segmentId?: string;
            /** @description Of the audience; not with `segmentId` */
            tag?: string;
            /**
             * Format: date
             * @description YYYY-MM-DD in the workspace's time zone; today or later
             */
            date: string;
            /**
             * @description HH:MM or HH:MM:SS in the workspace's time zone, ahead of now and by two years at most
             * @example 09:30
             */
            time: string;
            /**
             * @description False: it stays a draft, which sends nothing
             * @default true
             */
            schedule?: boolean;
        };
        /** @description JSON merge patch: null removes a value or sets it to its default. A new date or time counts in the time zone the workspace has now */
        PatchTouchpoint: {
            name?: string;
            /**
             * @description Absolute http or https URL, without credentials and fragment
             * @example https://example.org/hooks
             */
            url?: string;
            auth?: {
                /** @constant */
                type?: "basic";
                username?: string & (unknown & unknown);
                /** @description Never shown again */
                password?: string;
            };
            headers?: {
                [key: string]: string | null;
            } | null;
            contentType?: ("application/json" | "multipart/form-data") | null;
            body?: (string | {
                name: string;
                value: string;
            }[]) | null;
            signatureScheme?: ("hmac-sha256" | "ed25519") | null;
            clientCertificate?: {
                /** @description PEM: the certificate, then its issuers' in order. Replaced by a patch, it is used from the next attempt on */
                certificate?: string;
                /** @description PEM, not encrypted: RSA of 2,048 to 4,096 bits, EC on P-256, P-384 or P-521, or Ed25519. Never shown again */
                privateKey?: string;
                trustedCertificates?: string | null;
            } | null;
            successStatus?: ("200" | "2xx") | null;
            rateLimitPerSecond?: number | null;
            /** @description Null: the campaign's */
            audienceId?: string | null;
            segmentId?: string | null;
            tag?: string | null;
            /**
             * Format: date
             * @description YYYY-MM-DD in the workspace's time zone; today or later
             */
            date?: string;
            /**
             * @description HH:MM or HH:MM:SS in the workspace's time zone, ahead of now and by two years at most
             * @example 09:30
             */
            time?: string;
        };
        CreatePlan: {
            /** @description Place in the family; the lowest is the cheapest */
            rank: number;
            name: {
                en: string;
                fr: string;
            };
            webhooks: {
                /**
                 * @description `none`: no webhooks; `configure`: they stay drafts; `full`: they can be activated
                 * @enum {string}
                 */
                access: "none" | "configure" | "full";
                /** @description Kinds of webhooks that differ */
                perKind?: {
                    /** @enum {string} */
                    events?: "none" | "configure" | "full";
                    /** @enum {string} */
                    audience?: "none" | "configure" | "full";
                    /** @enum {string} */
                    journey_point?: "none" | "configure" | "full";
                    /** @enum {string} */
                    touchpoint?: "none" | "configure" | "full";
                };
            };
            /**
             * @default {
             *       "locked": []
             *     }
             */
            events?: {
                /** @description Types that are not delivered; events of them are accepted */
                locked: string[];
            };
            /**
             * Format: uri
             * @description Where people of this plan upgrade. Absent: the console's page of plans
             */
            upgradeUrl?: string;
            /** @example mail.standard */
            id: string;
            family: string;
        };
        /** @description JSON merge patch: null removes a value or sets it to its default */
        PatchPlan: {
            /** @description Place in the family; the lowest is the cheapest */
            rank?: number;
            name?: {
                en?: string;
                fr?: string;
            };
            webhooks?: {
                /** @enum {string} */
                access?: "none" | "configure" | "full";
                perKind?: {
                    events?: ("none" | "configure" | "full") | null;
                    audience?: ("none" | "configure" | "full") | null;
                    journey_point?: ("none" | "configure" | "full") | null;
                    touchpoint?: ("none" | "configure" | "full") | null;
                } | null;
            };
            events?: {
                /** @description Types that are not delivered; events of them are accepted */
                locked: string[];
            } | null;
            upgradeUrl?: string | null;
        };
        InstallPlanFamily: {
            /**
             * Format: uri
             * @description Where people of this plan upgrade. Absent: the console's page of plans
             */
            upgradeUrl?: string;
        };
        ImportedContact: {
            /** Format: email */
            email: string;
            /** @enum {string} */
            emailFormat?: "html" | "text";
            /** @enum {string} */
            status?: "subscribed" | "unsubscribed";
            /**
             * @description A contact's own fields: texts of at most 2000 characters, numbers, true and false; at most 100 and 32768 characters as JSON. A name has at most 64 characters, no dot, and does not begin with `$`
             * @example {
             *       "city": "Lyon",
             *       "orders": 3
             *     }
             */
            fields?: {
                [key: string]: string | number | boolean;
            };
            /** @description Added to those it has */
            tags?: string[];
        };
        /**
         * @description A line each a contact, as `application/json` has them
         * @example {"email":"lea@example.org","tags":["vip"],"fields":{"city":"Paris"}}
         */
        ContactImportNdjson: string;
        /**
         * @description RFC 4180 in UTF-8 with a header line; columns are separated by commas, semicolons or tabs. Columns `email` (required), `email_format`, `status` and `tags` (separated by `|`), in whatever case; any other, `fields.x` as well as `x`, is a field of the contact's own. An empty cell changes nothing
         * @example email,status,tags,city
         *     lea@example.org,subscribed,vip|fr,Paris
         */
        ContactImportCsv: string;
        IngestAccepted: {
            id: string;
            /** @enum {string} */
            status: "accepted" | "suppressed";
        };
        IngestResults: {
            results: components["schemas"]["IngestResult"][];
        };
        IngestResult: {
            index: number;
            id: string | null;
            /** @enum {string} */
            status: "accepted" | "suppressed" | "rejected";
            /** @enum {string} */
            code?: "malformed_json" | "empty_value" | "missing_workspace" | "unknown_workspace" | "unknown_event_type" | "unknown_field" | "invalid_event" | "schema_mismatch" | "event_too_large" | "unknown_schema" | "undecodable_value" | "unreadable_record";
            errors?: {
                path: string;
                /** @enum {string} */
                code: "required" | "unknown_field" | "invalid_type" | "invalid_value" | "too_short" | "too_long" | "too_small" | "too_large" | "invalid_format" | "duplicate" | "unknown_event_type" | "schema_mismatch" | "event_too_large" | "invalid_url" | "url_credentials" | "url_fragment" | "destination_refused" | "invalid_header_name" | "invalid_header_value" | "reserved_header" | "excluded_by" | "invalid_template" | "invalid_filter" | "invalid_certificate" | "certificate_expired" | "invalid_private_key" | "key_mismatch";
                message: string;
                /** @description Of `invalid_template`: where in its text, both from 1 */
                position?: {
                    line: number;
                    column: number;
                };
            }[];
        };
        /** @description RFC 9457; `code` is what a client may rely on */
        Problem: {
            type: string;
            title: string;
            status: number;
            /** @enum {string} */
            code: "malformed_json" | "invalid_cursor" | "unauthorized" | "forbidden" | "plan_upgrade_required" | "not_found" | "method_not_allowed" | "idempotency_conflict" | "conflict" | "webhook_not_active" | "journey_not_active" | "event_expired" | "precondition_failed" | "body_too_large" | "event_too_large" | "unsupported_media_type" | "validation_failed" | "rate_limited" | "internal" | "unavailable";
            detail: string;
            errors?: components["schemas"]["FieldError"][];
            /** @description Of `plan_upgrade_required`: what the plan lacks; `webhooks.configure`, `webhooks.activate` or `events.<type>` */
            feature?: string;
            currentPlan?: string;
            /** @description The cheapest plan of the family that has it; null: none has */
            requiredPlan?: string | null;
            /** @description Where to upgrade */
            upgradeUrl?: string;
        };
        FieldError: {
            path: string;
            /** @enum {string} */
            code: "required" | "unknown_field" | "invalid_type" | "invalid_value" | "too_short" | "too_long" | "too_small" | "too_large" | "invalid_format" | "duplicate" | "unknown_event_type" | "schema_mismatch" | "event_too_large" | "invalid_url" | "url_credentials" | "url_fragment" | "destination_refused" | "invalid_header_name" | "invalid_header_value" | "reserved_header" | "excluded_by" | "invalid_template" | "invalid_filter" | "invalid_certificate" | "certificate_expired" | "invalid_private_key" | "key_mismatch";
            message: string;
            /** @description Of `invalid_template`: where in its text, both from 1 */
            position?: {
                line: number;
                column: number;
            };
        };
        EventList: {
            data: components["schemas"]["Event"][];
            /** @description Null at the end of the list */
            nextCursor: string | null;
        };
        Event: {
            id: string;
            type: string;
            /** @description As the producer wrote it */
            timestamp: string;
            /** @enum {string} */
            source: "subscriber" | "admin" | "api" | "import" | "automation" | "system";
            /** @enum {string} */
            status: "accepted" | "suppressed" | "scheduled" | "cancelled";
            /**
             * Format: date-time
             * @description ISO 8601, UTC. Of a scheduled event that is due: when it was released
             */
            acceptedAt: string;
            /**
             * Format: date-time
             * @description What it was scheduled for
             */
            deliverAt?: string;
            /**
             * @description A test event: sent to one webhook by its `test` call
             * @constant
             */
            isTest?: true;
            /** @description What did not fit the schema, with `validation: warn` */
            schemaWarning?: string;
        };
        CreatedWorkspace: {
            id: string;
            name: string;
            contacts: {
                email: string;
                /** @enum {string} */
                language: "en" | "fr";
            }[];
            plan: string;
            timeZone: string;
            /** @enum {string} */
            disablePolicy: "worst" | "last" | "contributors" | "all";
            redact: string[];
            retentionDays: number;
            operationalWebhook?: {
                url: string;
                /** @description Given when the URL was set, this once */
                secret?: string;
            };
            version: number;
            /**
             * Format: date-time
             * @description ISO 8601, UTC
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description ISO 8601, UTC
             */
            updatedAt: string;
            /** @description The workspace's first key, with all scopes, shown this once */
            apiKey: string;
        };
        WorkspaceList: {
            data: components["schemas"]["Workspace"][];
            /** @description Null at the end of the list */
            nextCursor: string | null;
        };
        Workspace: {
            id: string;
            name: string;
            contacts: {
                email: string;
                /** @enum {string} */
                language: "en" | "fr";
            }[];
            plan: string;
            timeZone: string;
            /** @enum {string} */
            disablePolicy: "worst" | "last" | "contributors" | "all";
            redact: string[];
            retentionDays: number;
            operationalWebhook?: {
                url: string;
                /** @description Given when the URL was set, this once */
                secret?: string;
            };
            version: number;
            /**
             * Format: date-time
             * @description ISO 8601, UTC
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description ISO 8601, UTC
             */
            updatedAt: string;
        };
        CreatedApiKey: {
            id: string;
            name: string;
            /** @description Its last four characters */
            hint: string;
            scopes: ("read" | "write" | "ingest")[];
            /**
             * Format: date-time
             * @description ISO 8601, UTC
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description ISO 8601, UTC
             */
            expiresAt?: string;
            /**
             * Format: date-time
             * @description To the minute; absent: never
             */
            lastUsedAt?: string;
            /**
             * Format: date-time
             * @description ISO 8601, UTC
             */
            revokedAt?: string;
            /** @description `hl_live_…`, shown this once */
            apiKey: string;
        };
        ApiKeyList: {
            data: components["schemas"]["ApiKey"][];
            /** @description Null at the end of the list */
            nextCursor: string | null;
        };
        ApiKey: {
            id: string;
            name: string;
            /** @description Its last four characters */
            hint: string;
            scopes: ("read" | "write" | "ingest")[];
            /**
             * Format: date-time
             * @description ISO 8601, UTC
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description ISO 8601, UTC
             */
            expiresAt?: string;
            /**
             * Format: date-time
             * @description To the minute; absent: never
             */
            lastUsedAt?: string;
            /**
             * Format: date-time
             * @description ISO 8601, UTC
             */
            revokedAt?: string;
        };
        AuditEntryList: {
            data: components["schemas"]["AuditEntry"][];
            /** @description Null at the end of the list */
            nextCursor: string | null;
        };
        AuditEntry: {
            id: string;
            /**
             * Format: date-time
             * @description ISO 8601, UTC
             */
            at: string;
            actor: components["schemas"]["AuditActor"];
            /** @description The call's `operationId`, or what Hooklane did by itself */
            operation: string;
            object: {
                /** @enum {string} */
                kind: "workspace" | "api_key" | "event_type" | "webhook" | "plan" | "scheduled_event" | "job" | "resend" | "audience" | "segment" | "tag" | "contact_import" | "journey" | "campaign" | "touchpoint";
                id: string;
            };
            /** @description Fields that are others than before; empty when it was made or deleted */
            changes: string[];
            /** @description As it was, secrets as `••••`; absent when it was made */
            before?: {
                [key: string]: unknown;
            };
            /** @description As it is since, secrets as `••••`; absent when deleted, or cancelled */
            after?: {
                [key: string]: unknown;
            };
            /** @description `X-Request-Id` of the call */
            requestId?: string;
            /** @description Where the call came from */
            ip?: string;
        };
        AuditActor: {
            /** @constant */
            kind: "api_key";
            id: string;
        } | {
            /** @constant */
            kind: "operator";
        } | {
            /**
             * @description Hooklane itself, as when a webhook is disabled
             * @constant
             */
            kind: "system";
        };
        WebhookPreview: components["schemas"]["PreviewedRequest"] | components["schemas"]["PreviewFailure"];
        PreviewedRequest: {
            /** @description With the boundary, for multipart */
            contentType: string;
            /** @description As of a first attempt made now; `authorization` is masked, `webhook-signature` is there for a saved webhook only */
            headers: {
                [key: string]: string;
            };
            body: string;
            /** @description Length of the body in UTF-8 */
            bytes: number;
        };
        PreviewFailure: {
            error: {
                /** @description As in `errorDetail` of the attempt */
                message: string;
                /** @description Name of the form's field */
                field?: string;
                /**
                 * @description What line and column are of: the template, or the text it was rendered to
                 * @enum {string}
                 */
                of: "template" | "rendered";
                /** @description From 1 */
                line?: number;
                /** @description From 1 */
                column?: number;
                /** @description The text that is not JSON */
                rendered?: string;
            };
        };
        FilterTested: {
            matched: boolean;
            /**
             * @description Why the filter was given up on this event: it does not match then
             * @enum {string}
             */
            failure?: "too_many_steps" | "failed";
            conditions: components["schemas"]["FilterCondition"][];
        };
        FilterCondition: {
            /** @description Where it stands in the filter: `$or.0.data.plan.$eq` */
            at: string;
            /** @description Dotted, in the event */
            path: string;
            /** @enum {string} */
            operator: "$eq" | "$ne" | "$gt" | "$gte" | "$lt" | "$lte" | "$in" | "$nin" | "$exists" | "$all" | "$size" | "$regex" | "$elemMatch" | "$not";
            /** @description As it stands in the filter */
            expected: unknown;
            /** @description What the event has there; absent: nothing. Long ones are cut, and are texts then */
            actual?: unknown;
            /** @description By itself, whatever joins it to others */
            matched: boolean;
        };
        CreatedWebhook: {
            id: string;
            /** @description Webhooks of one URL share it, and its order */
            endpointId: string;
            /** @enum {string} */
            kind: "events" | "audience" | "journey_point" | "touchpoint";
            /** @description Of kind `journey_point`: where it is changed */
            journeyId?: string;
            /** @description Of kind `touchpoint`: where it is changed */
            campaignId?: string;
            name: string;
            url: string;
            eventTypes: string[];
            /** @description Those of them the plan leaves out; events of them are accepted and not delivered */
            lockedEventTypes?: string[];
            /** @enum {string} */
            status: "active" | "inactive" | "auto_disabled" | "recovering" | "plan_locked";
            /** @description While `recovering`: the job that tells how far it is */
            recoveryJobId?: string;
            /** @description Why and when it was disabled, while `auto_disabled` */
            disabled?: {
                /** @enum {string} */
                reason: "error_rate" | "gone" | "backlog";
                /**
                 * Format: date-time
                 * @description ISO 8601, UTC
                 */
                at: string;
                lastError?: string;
            };
            batching?: {
                maxEvents: number;
                maxWaitSeconds: number;
            };
            /** @enum {string} */
            successStatus: "200" | "2xx";
            sources?: ("subscriber" | "admin" | "api")[];
            audienceId?: string;
            filter?: {
                [key: string]: unknown;
            };
            headers: {
                [key: string]: string;
            };
            auth?: {
                /** @constant */
                type: "basic";
                username: string;
            } | {
                /** @constant */
                type: "bearer";
            } | {
                /** @constant */
                type: "oauth2";
                tokenUrl: string;
                clientId: string;
                scope?: string;
                audience?: string;
            };
            /** @enum {string} */
            signatureScheme: "hmac-sha256" | "ed25519";
            /** @description Of scheme `ed25519`: the keys that sign now, newest first */
            publicKeys?: {
                /** @description `whpk_…` */
                key: string;
                /**
                 * Format: date-time
                 * @description Until then it signs too. Absent: the current one
                 */
                expiresAt?: string;
            }[];
            clientCertificate?: {
                /** @example CN=hooklane.example.org */
                subject: string;
                issuer: string;
                /**
                 * Format: date-time
                 * @description ISO 8601, UTC
                 */
                notBefore: string;
                /**
                 * Format: date-time
                 * @description ISO 8601, UTC
                 */
                notAfter: string;
                /** @description SHA-256 of its DER form, as openssl prints it */
                fingerprint: string;
                trustedCertificates?: {
                    /** @example CN=hooklane.example.org */
                    subject: string;
                    issuer: string;
                    /**
                     * Format: date-time
                     * @description ISO 8601, UTC
                     */
                    notBefore: string;
                    /**
                     * Format: date-time
                     * @description ISO 8601, UTC
                     */
                    notAfter: string;
                    /** @description SHA-256 of its DER form, as openssl prints it */
                    fingerprint: string;
                }[];
            };
            /** @enum {string} */
            contentType: "application/json" | "application/x-www-form-urlencoded" | "multipart/form-data";
            body?: string | {
                name: string;
                value: string;
            }[];
            rateLimitPerSecond?: number;
            /** @description Raised by every change; the ETag */
            version: number;
            /** @description Raised by every enabling and disabling */
            generation: number;
            /**
             * Format: date-time
             * @description ISO 8601, UTC
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description ISO 8601, UTC
             */
            updatedAt: string;
            /** @description `whsec_…` to verify signatures with, shown this once. Only of scheme `hmac-sha256`, and only when it was made by this call */
            secret?: string;
        };
        WebhookList: {
            data: components["schemas"]["Webhook"][];
            /** @description Null at the end of the list */
            nextCursor: string | null;
        };
        Webhook: {
            id: string;
            /** @description Webhooks of one URL share it, and its order */
            endpointId: string;
            /** @enum {string} */
            kind: "events" | "audience" | "journey_point" | "touchpoint";
            /** @description Of kind `journey_point`: where it is changed */
            journeyId?: string;
            /** @description Of kind `touchpoint`: where it is changed */
            campaignId?: string;
            name: string;
            url: string;
            eventTypes: string[];
            /** @description Those of them the plan leaves out; events of them are accepted and not delivered */
            lockedEventTypes?: string[];
            /** @enum {string} */
            status: "active" | "inactive" | "auto_disabled" | "recovering" | "plan_locked";
            /** @description While `recovering`: the job that tells how far it is */
            recoveryJobId?: string;
            /** @description Why and when it was disabled, while `auto_disabled` */
            disabled?: {
                /** @enum {string} */
                reason: "error_rate" | "gone" | "backlog";
                /**
                 * Format: date-time
                 * @description ISO 8601, UTC
                 */
                at: string;
                lastError?: string;
            };
            batching?: {
                maxEvents: number;
                maxWaitSeconds: number;
            };
            /** @enum {string} */
            successStatus: "200" | "2xx";
            sources?: ("subscriber" | "admin" | "api")[];
            audienceId?: string;
            filter?: {
                [key: string]: unknown;
            };
            headers: {
                [key: string]: string;
            };
            auth?: {
                /** @constant */
                type: "basic";
                username: string;
            } | {
                /** @constant */
                type: "bearer";
            } | {
                /** @constant */
                type: "oauth2";
                tokenUrl: string;
                clientId: string;
                scope?: string;
                audience?: string;
            };
            /** @enum {string} */
            signatureScheme: "hmac-sha256" | "ed25519";
            /** @description Of scheme `ed25519`: the keys that sign now, newest first */
            publicKeys?: {
                /** @description `whpk_…` */
                key: string;
                /**
                 * Format: date-time
                 * @description Until then it signs too. Absent: the current one
                 */
                expiresAt?: string;
            }[];
            clientCertificate?: {
                /** @example CN=hooklane.example.org */
                subject: string;
                issuer: string;
                /**
                 * Format: date-time
                 * @description ISO 8601, UTC
                 */
                notBefore: string;
                /**
                 * Format: date-time
                 * @description ISO 8601, UTC
                 */
                notAfter: string;
                /** @description SHA-256 of its DER form, as openssl prints it */
                fingerprint: string;
                trustedCertificates?: {
                    /** @example CN=hooklane.example.org */
                    subject: string;
                    issuer: string;
                    /**
                     * Format: date-time
                     * @description ISO 8601, UTC
                     */
                    notBefore: string;
                    /**
                     * Format: date-time
                     * @description ISO 8601, UTC
                     */
                    notAfter: string;
                    /** @description SHA-256 of its DER form, as openssl prints it */
                    fingerprint: string;
                }[];
            };
            /** @enum {string} */
            contentType: "application/json" | "application/x-www-form-urlencoded" | "multipart/form-data";
            body?: string | {
                name: string;
                value: string;
            }[];
            rateLimitPerSecond?: number;
            /** @description Raised by every change; the ETag */
            version: number;
            /** @description Raised by every enabling and disabling */
            generation: number;
            /**
             * Format: date-time
             * @description ISO 8601, UTC
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description ISO 8601, UTC
             */
            updatedAt: string;
        };
        WebhookStats: {
            webhookId: string;
            /**
             * Format: date-time
             * @description What is counted begins here
             */
            from: string;
            /**
             * Format: date-time
             * @description ISO 8601, UTC
             */
            to: string;
            /** @description There is so much that `from` is later than asked for: the newest 100,000 of a state at most */
            isShortened: boolean;
            /** @description By outcome; what is pending is in `queue` */
            deliveries: {
                delivered: number;
                dead_letter: number;
                skipped: number;
                cancelled: number;
                retrying: number;
            };
            /** @description Delivered, of delivered and dead letters; null: there were none */
            successRate: number | null;
            /** @description How long attempts took; null: there were none */
            attempts: {
                /** @description Attempts of the newest 1,000 deliveries that were sent */
                sampled: number;
                p50Ms: number | null;
                p95Ms: number | null;
            };
            /** @description The endpoint's line, which other webhooks of the same URL may share */
            queue: {
                /** @description Queued or being retried, as far as known */
                deliveries: number;
                /** @description There are more than were counted */
                isAtLeast: boolean;
                /**
                 * Format: date-time
                 * @description Of what waits longest
                 */
                oldestAcceptedAt?: string;
                oldestWaitingSeconds?: number;
                /**
                 * Format: date-time
                 * @description While the line waits for a retry
                 */
                nextAttemptAt?: string;
            };
        };
        WebhookStatsSeries: {
            webhookId: string;
            /** @enum {string} */
            range: "1h" | "24h" | "7d";
            /**
             * Format: date-time
             * @description The beginning of the first bucket
             */
            from: string;
            /**
             * Format: date-time
             * @description Now: the last bucket is not over
             */
            to: string;
            bucketSeconds: number;
            total: {
                /** @description Requests the receiver answered as wanted */
                delivered: number;
                /** @description Requests that failed, each try for itself */
                failed: number;
                /** @description Deliveries given up */
                deadLetters: number;
                /** @description Delivered, of all requests; null: there were none */
                successRate: number | null;
                /** @description Read from bins in which durations double in three: ±12 % */
                p50Ms: number | null;
                p95Ms: number | null;
            };
            /** @description Oldest first, empty ones too; by when requests began, a few seconds behind */
            buckets: components["schemas"]["StatsBucket"][];
            /** @description Why requests failed, most first: 10 at most */
            reasons: components["schemas"]["FailureReasonCount"][];
        };
        StatsBucket: {
            /**
             * Format: date-time
             * @description Its beginning
             */
            at: string;
            /** @description Requests the receiver answered as wanted */
            delivered: number;
            /** @description Requests that failed, each try for itself */
            failed: number;
            /** @description Deliveries given up */
            deadLetters: number;
            /** @description Delivered, of all requests; null: there were none */
            successRate: number | null;
            /** @description Read from bins in which durations double in three: ±12 % */
            p50Ms: number | null;
            p95Ms: number | null;
        };
        FailureReasonCount: {
            /** @enum {string} */
            error: "status" | "timeout" | "connection_refused" | "connection_reset" | "dns_not_found" | "tls" | "protocol" | "destination_refused" | "token_refused" | "token_unavailable" | "template";
            /** @description Of `status` */
            statusCode?: number;
            count: number;
        };
        WorkspaceStats: {
            /** @enum {string} */
            range: "1h" | "24h" | "7d";
            /**
             * Format: date-time
             * @description The beginning of the first bucket
             */
            from: string;
            /**
             * Format: date-time
             * @description Now: the last bucket is not over
             */
            to: string;
            bucketSeconds: number;
            total: {
                /** @description Requests the receiver answered as wanted */
                delivered: number;
                /** @description Requests that failed, each try for itself */
                failed: number;
                /** @description Deliveries given up */
                deadLetters: number;
                /** @description Delivered, of all requests; null: there were none */
                successRate: number | null;
                /** @description Read from bins in which durations double in three: ±12 % */
                p50Ms: number | null;
                p95Ms: number | null;
            };
            /** @description Oldest first, empty ones too; by when requests began, a few seconds behind */
            buckets: components["schemas"]["StatsBucket"][];
            /** @description Why requests failed, most first: 10 at most */
            reasons: components["schemas"]["FailureReasonCount"][];
            /** @description Webhooks that stand out */
            webhooks: {
                /**
                 * Format: date-time
                 * @description Later than asked for when there are very many webhooks
                 */
                from: string;
                /** @description Those that failed most: 5 at most */
                failing: components["schemas"]["NotableWebhook"][];
                /** @description The highest p95: 5 at most */
                slowest: components["schemas"]["NotableWebhook"][];
            };
            /** @description Endpoints with the longest line now: 5 at most */
            queues: components["schemas"]["LongQueue"][];
        };
        NotableWebhook: {
            webhookId: string;
            /** @description Requests the receiver answered as wanted */
            delivered: number;
            /** @description Requests that failed, each try for itself */
            failed: number;
            /** @description Deliveries given up */
            deadLetters: number;
            /** @description Delivered, of all requests; null: there were none */
            successRate: number | null;
            /** @description Read from bins in which durations double in three: ±12 % */
            p50Ms: number | null;
            p95Ms: number | null;
        };
        LongQueue: {
            endpointId: string;
            /** @description Those that share the line */
            webhookIds: string[];
            /** @description Queued or being retried, as far as known */
            deliveries: number;
            /** @description There are more than were counted */
            isAtLeast: boolean;
            /**
             * Format: date-time
             * @description ISO 8601, UTC
             */
            oldestAcceptedAt?: string;
            /**
             * Format: date-time
             * @description ISO 8601, UTC
             */
            nextAttemptAt?: string;
        };
        EventTypeList: {
            data: components["schemas"]["EventType"][];
            /** @description Null at the end of the list */
            nextCursor: string | null;
        };
        EventType: {
            type: string;
            /**
             * @description Absent: made by the workspace
             * @enum {string}
             */
            preset?: "email_marketing" | "audience" | "messaging";
            labels: {
                en: string;
                fr: string;
            };
            descriptions: {
                en: string;
                fr: string;
            };
            schema: {
                [key: string]: unknown;
            };
            schemaVersion: number;
            example?: {
                [key: string]: unknown;
            };
            /** @enum {string} */
            validation: "reject" | "warn" | "off";
            /** @description Events of these sources are logged and not delivered */
            suppressedSources?: ("subscriber" | "admin" | "api" | "import" | "automation" | "system")[];
            /** @description False: webhooks' source filters do not apply */
            sourceFilter?: boolean;
            version: number;
            /**
             * Format: date-time
             * @description ISO 8601, UTC
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description ISO 8601, UTC
             */
            updatedAt: string;
        };
        PresetInstalled: {
            /** @enum {string} */
            preset: "email_marketing" | "audience" | "messaging";
            /** @description Types the workspace did not have */
            added: string[];
        };
        ScheduledEventList: {
            data: components["schemas"]["ScheduledEvent"][];
            /** @description Null at the end of the list */
            nextCursor: string | null;
        };
        ScheduledEvent: {
            id: string;
            type: string;
            /** @enum {string} */
            source: "subscriber" | "admin" | "api" | "import" | "automation" | "system";
            /**
             * Format: date-time
             * @description ISO 8601, UTC
             */
            acceptedAt: string;
            /**
             * Format: date-time
             * @description ISO 8601, UTC. It is matched and put in line then
             */
            deliverAt: string;
            /** @description What did not fit the schema, with `validation: warn` */
            schemaWarning?: string;
        };
        EventWithData: {
            id: string;
            type: string;
            /** @description As the producer wrote it */
            timestamp: string;
            /** @enum {string} */
            source: "subscriber" | "admin" | "api" | "import" | "automation" | "system";
            /** @enum {string} */
            status: "accepted" | "suppressed" | "scheduled" | "cancelled";
            /**
             * Format: date-time
             * @description ISO 8601, UTC. Of a scheduled event that is due: when it was released
             */
            acceptedAt: string;
            /**
             * Format: date-time
             * @description What it was scheduled for
             */
            deliverAt?: string;
            /**
             * @description A test event: sent to one webhook by its `test` call
             * @constant
             */
            isTest?: true;
            /** @description What did not fit the schema, with `validation: warn` */
            schemaWarning?: string;
            /** @description Fields the workspace redacts are `[redacted]` */
            data: unknown;
            /** @description Resends among them, last */
            deliveryIds: string[];
        };
        Explanation: {
            matched: {
                webhookId: string;
                deliveryId: string;
            }[];
            unmatched: {
                webhookId: string;
                /** @enum {string} */
                reason: "event_type" | "source" | "audience" | "filter" | "inactive" | "auto_disabled" | "recovering" | "plan_locked" | "suppressed" | "journey_not_active";
            }[];
        };
        DeliveryList: {
            data: components["schemas"]["Delivery"][];
            /** @description Null at the end of the list */
            nextCursor: string | null;
        };
        Delivery: {
            id: string;
            eventId: string;
            eventType: string;
            webhookId: string;
            endpointId: string;
            batchId?: string;
            /** @description The delivery this one sends once more */
            resendOf?: string;
            /** @enum {string} */
            status: "pending" | "retrying" | "delivered" | "dead_letter" | "skipped" | "cancelled";
            /**
             * @description Why it was settled without success
             * @enum {string}
             */
            reason?: "retries_exhausted" | "gone" | "template_failed" | "inactive" | "auto_disabled" | "plan_locked" | "older_generation" | "webhook_deleted" | "contact_deleted";
            /**
             * Format: date-time
             * @description ISO 8601, UTC
             */
            acceptedAt: string;
            /**
             * Format: date-time
             * @description ISO 8601, UTC
             */
            settledAt?: string;
            /**
             * Format: date-time
             * @description ISO 8601, UTC
             */
            nextAttemptAt?: string;
            attempts: components["schemas"]["Attempt"][];
        };
        Attempt: {
            number: number;
            /** @enum {string} */
            trigger: "automatic" | "manual" | "test";
            /**
             * Format: date-time
             * @description ISO 8601, UTC
             */
            startedAt: string;
            durationMs: number;
            statusCode?: number;
            /** @enum {string} */
            error?: "status" | "timeout" | "connection_refused" | "connection_reset" | "dns_not_found" | "tls" | "protocol" | "destination_refused" | "token_refused" | "token_unavailable" | "template";
            errorDetail?: string;
            /** @description First bytes of the answer */
            responseHead?: string;
        };
        ResendAccepted: {
            count: number;
            resends: components["schemas"]["Resend"][];
            /** @description Not resent, as their webhooks are not sent to */
            skipped: {
                deliveryId: string;
                webhookId: string;
                /**
                 * @description Of the webhook
                 * @enum {string}
                 */
                status: "active" | "inactive" | "auto_disabled" | "recovering" | "plan_locked" | "deleted";
            }[];
        };
        Resend: {
            /** @description The new delivery; it can be read once it was routed */
            deliveryId: string;
            resendOf: string;
            eventId: string;
            webhookId: string;
            /** @description The line it stands in, at its end */
            endpointId: string;
            waitsBehind: components["schemas"]["WaitsBehind"];
        };
        /** @description The line in front of it */
        WaitsBehind: {
            /** @description Deliveries of the endpoint that are queued or being retried, as far as known */
            deliveries: number;
            /** @description There are more than were counted */
            isAtLeast: boolean;
            /**
             * Format: date-time
             * @description When the endpoint's line goes on, while it waits for a retry
             */
            nextAttemptAt?: string;
        };
        ResendManyAnswer: {
            /** @description Deliveries the filter has now */
            count: number;
            /** @description There are more than were counted, or may be */
            isAtLeast: boolean;
            /** @description Absent with `dryRun` */
            job?: components["schemas"]["Job"];
        };
        Job: components["schemas"]["ResendManyJob"] | components["schemas"]["RecoverJob"] | components["schemas"]["ContactImportJob"];
        ResendManyJob: {
            id: string;
            /** @enum {string} */
            status: "running" | "completed" | "cancelled";
            /**
             * Format: date-time
             * @description ISO 8601, UTC
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description ISO 8601, UTC
             */
            finishedAt?: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "resend_many";
            filter: components["schemas"]["JobFilter"];
            /** @description Deliveries the filter had when the job was made */
            expected: {
                count: number;
                isAtLeast: boolean;
            };
            /** @description Deliveries put in line */
            resent: number;
            /** @description Deliveries not resent, by reason */
            skipped: {
                webhook_not_active: number;
                event_expired: number;
                /** @description Resends of a delivery that the filter has as well: the event goes once */
                repeated: number;
                /** @description Test events: they are not sent again */
                test: number;
            };
        };
        JobFilter: {
            webhookId?: string;
            eventType?: string;
            status?: string;
            /**
             * Format: date-time
             * @description ISO 8601, UTC
             */
            from?: string;
            /**
             * Format: date-time
             * @description ISO 8601, UTC
             */
            to?: string;
        };
        RecoverJob: {
            id: string;
            /** @enum {string} */
            status: "running" | "completed" | "cancelled";
            /**
             * Format: date-time
             * @description ISO 8601, UTC
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description ISO 8601, UTC
             */
            finishedAt?: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "recover";
            webhookId: string;
            /**
             * @description `waiting`: deliveries from before have no end yet, and nothing may overtake them. `sending`: what the webhook did not get enters the line
             * @enum {string}
             */
            phase: "waiting" | "sending" | "done";
            /** @description Deliveries from before that had no end at the last look */
            waitingFor: number;
            /** @description Events put in line */
            sent: number;
            /** @description Events still to be put in line, those among them that were delivered otherwise */
            remaining: {
                count: number;
                isAtLeast: boolean;
            };
        };
        ContactImportJob: {
            id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "contact_import";
            /**
             * @description `failed`: what is not `done` was not written, see `error`. What was written before stays
             * @enum {string}
             */
            status: "running" | "completed" | "failed" | "cancelled";
            /**
             * @description `ending`: nothing more is written, and `contacts.import_finished` is being put in line
             * @enum {string}
             */
            phase: "writing" | "ending" | "done";
            audienceId: string;
            update: boolean;
            tags: string[];
            /** @description Lines with something in them; elements of a JSON array */
            total: number;
            /** @description Of these, looked at */
            done: number;
            added: number;
            updated: number;
            /** @description As they were before; with `update=false`, the audience had them */
            unchanged: number;
            /** @description Why: `GET /v1/audiences/{id}/imports/{job}/errors` */
            rejected: number;
            /** @description Why it failed */
            error?: string;
            /**
             * Format: date-time
             * @description ISO 8601, UTC
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description ISO 8601, UTC
             */
            finishedAt?: string;
        };
        TestDelivery: {
            id: string;
            eventId: string;
            eventType: string;
            webhookId: string;
            endpointId: string;
            batchId?: string;
            /** @description The delivery this one sends once more */
            resendOf?: string;
            /** @enum {string} */
            status: "pending" | "retrying" | "delivered" | "dead_letter" | "skipped" | "cancelled";
            /**
             * @description Why it was settled without success
             * @enum {string}
             */
            reason?: "retries_exhausted" | "gone" | "template_failed" | "inactive" | "auto_disabled" | "plan_locked" | "older_generation" | "webhook_deleted" | "contact_deleted";
            /**
             * Format: date-time
             * @description ISO 8601, UTC
             */
            acceptedAt: string;
            /**
             * Format: date-time
             * @description ISO 8601, UTC
             */
            settledAt?: string;
            /**
             * Format: date-time
             * @description ISO 8601, UTC
             */
            nextAttemptAt?: string;
            attempts: components["schemas"]["Attempt"][];
            /** @description While it is `pending`: the line in front of it */
            waitsBehind?: components["schemas"]["WaitsBehind"];
        };
        Health: {
            /** @description Failed attempts of all webhooks together; one more than the limit disables */
            errorQuota: {
                used: number;
                limit: number;
                windowMinutes: number;
                /** @description Those that make it up, oldest first */
                errors: components["schemas"]["QuotaError"][];
            };
            endpoints: {
                endpointId: string;
                url: string;
                errorsInWindow: number;
                webhooks: {
                    webhookId: string;
                    /** @enum {string} */
                    status: "active" | "inactive" | "auto_disabled" | "recovering" | "plan_locked";
                    errorsInWindow: number;
                }[];
            }[];
        };
        QuotaError: {
            webhookId: string;
            /**
             * Format: date-time
             * @description ISO 8601, UTC. When it was counted; it counts for the window's length
             */
            at: string;
            /**
             * Format: date-time
             * @description ISO 8601, UTC
             */
            countsUntil: string;
            /** @description Of the delivery, from 1 */
            attempt: number;
            /** @description What failed; of a batch its first */
            deliveryId?: string;
            /**
             * @description Absent: not in the delivery log yet
             * @enum {string}
             */
            error?: "status" | "timeout" | "connection_refused" | "connection_reset" | "dns_not_found" | "tls" | "protocol" | "destination_refused" | "token_refused" | "token_unavailable" | "template";
            statusCode?: number;
            errorDetail?: string;
        };
        Journey: {
            /** @description `jn_…` */
            id: string;
            name: string;
            /**
             * @description Only an `active` journey's points send requests
             * @enum {string}
             */
            status: "draft" | "active" | "paused";
            steps: {
                id: string;
                /** @enum {string} */
                kind: "start" | "rule" | "action" | "point";
                label?: string;
                pointId?: string;
                next: string[];
            }[];
            /** @description Webhook points it has, at most 100 */
            pointCount: number;
            /** @description Raised by every change of the journey itself; the ETag */
            version: number;
            /**
             * Format: date-time
             * @description ISO 8601, UTC
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description ISO 8601, UTC
             */
            updatedAt: string;
        };
        JourneyList: {
            data: components["schemas"]["Journey"][];
            /** @description Null at the end of the list */
            nextCursor: string | null;
        };
        CreatedJourneyPoint: {
            id: string;
            /** @description Webhooks of one URL share it, and its order */
            endpointId: string;
            /** @enum {string} */
            kind: "events" | "audience" | "journey_point" | "touchpoint";
            journeyId: string;
            /** @description Of kind `touchpoint`: where it is changed */
            campaignId?: string;
            name: string;
            url: string;
            eventTypes: string[];
            /** @description Those of them the plan leaves out; events of them are accepted and not delivered */
            lockedEventTypes?: string[];
            /** @enum {string} */
            status: "active" | "inactive" | "auto_disabled" | "recovering" | "plan_locked";
            /** @description While `recovering`: the job that tells how far it is */
            recoveryJobId?: string;
            /** @description Why and when it was disabled, while `auto_disabled` */
            disabled?: {
                /** @enum {string} */
                reason: "error_rate" | "gone" | "backlog";
                /**
                 * Format: date-time
                 * @description ISO 8601, UTC
                 */
                at: string;
                lastError?: string;
            };
            batching?: {
                maxEvents: number;
                maxWaitSeconds: number;
            };
            /** @enum {string} */
            successStatus: "200" | "2xx";
            sources?: ("subscriber" | "admin" | "api")[];
            audienceId?: string;
            filter?: {
                [key: string]: unknown;
            };
            headers: {
                [key: string]: string;
            };
            auth?: {
                /** @constant */
                type: "basic";
                username: string;
            } | {
                /** @constant */
                type: "bearer";
            } | {
                /** @constant */
                type: "oauth2";
                tokenUrl: string;
                clientId: string;
                scope?: string;
                audience?: string;
            };
            /** @enum {string} */
            signatureScheme: "hmac-sha256" | "ed25519";
            /** @description Of scheme `ed25519`: the keys that sign now, newest first */
            publicKeys?: {
                /** @description `whpk_…` */
                key: string;
                /**
                 * Format: date-time
                 * @description Until then it signs too. Absent: the current one
                 */
                expiresAt?: string;
            }[];
            clientCertificate?: {
                /** @example CN=hooklane.example.org */
                subject: string;
                issuer: string;
                /**
                 * Format: date-time
                 * @description ISO 8601, UTC
                 */
                notBefore: string;
                /**
                 * Format: date-time
                 * @description ISO 8601, UTC
                 */
                notAfter: string;
                /** @description SHA-256 of its DER form, as openssl prints it */
                fingerprint: string;
                trustedCertificates?: {
                    /** @example CN=hooklane.example.org */
                    subject: string;
                    issuer: string;
                    /**
                     * Format: date-time
                     * @description ISO 8601, UTC
                     */
                    notBefore: string;
                    /**
                     * Format: date-time
                     * @description ISO 8601, UTC
                     */
                    notAfter: string;
                    /** @description SHA-256 of its DER form, as openssl prints it */
                    fingerprint: string;
                }[];
            };
            /** @enum {string} */
            contentType: "application/json" | "application/x-www-form-urlencoded" | "multipart/form-data";
            body?: string | {
                name: string;
                value: string;
            }[];
            rateLimitPerSecond?: number;
            /** @description Raised by every change; the ETag */
            version: number;
            /** @description Raised by every enabling and disabling */
            generation: number;
            /**
             * Format: date-time
             * @description ISO 8601, UTC
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description ISO 8601, UTC
             */
            updatedAt: string;
            /** @description Arrivals a request was sent for: counted at the first attempt, a little later than it is made */
            requestsSent: number;
            /** @description Requests to the receiver, retries and resends too */
            attempts: number;
            /** @description `whsec_…` to verify signatures with, shown this once. Only of scheme `hmac-sha256`, and only when it was made by this call */
            secret?: string;
        };
        JourneyPointList: {
            data: components["schemas"]["JourneyPoint"][];
            /** @description Null at the end of the list */
            nextCursor: string | null;
        };
        JourneyPoint: {
            id: string;
            /** @description Webhooks of one URL share it, and its order */
            endpointId: string;
            /** @enum {string} */
            kind: "events" | "audience" | "journey_point" | "touchpoint";
            journeyId: string;
            /** @description Of kind `touchpoint`: where it is changed */
            campaignId?: string;
            name: string;
            url: string;
            eventTypes: string[];
            /** @description Those of them the plan leaves out; events of them are accepted and not delivered */
            lockedEventTypes?: string[];
            /** @enum {string} */
            status: "active" | "inactive" | "auto_disabled" | "recovering" | "plan_locked";
            /** @description While `recovering`: the job that tells how far it is */
            recoveryJobId?: string;
            /** @description Why and when it was disabled, while `auto_disabled` */
            disabled?: {
                /** @enum {string} */
                reason: "error_rate" | "gone" | "backlog";
                /**
                 * Format: date-time
                 * @description ISO 8601, UTC
                 */
                at: string;
                lastError?: string;
            };
            batching?: {
                maxEvents: number;
                maxWaitSeconds: number;
            };
            /** @enum {string} */
            successStatus: "200" | "2xx";
            sources?: ("subscriber" | "admin" | "api")[];
            audienceId?: string;
            filter?: {
                [key: string]: unknown;
            };
            headers: {
                [key: string]: string;
            };
            auth?: {
                /** @constant */
                type: "basic";
                username: string;
            } | {
                /** @constant */
                type: "bearer";
            } | {
                /** @constant */
                type: "oauth2";
                tokenUrl: string;
                clientId: string;
                scope?: string;
                audience?: string;
            };
            /** @enum {string} */
            signatureScheme: "hmac-sha256" | "ed25519";
            /** @description Of scheme `ed25519`: the keys that sign now, newest first */
            publicKeys?: {
                /** @description `whpk_…` */
                key: string;
                /**
                 * Format: date-time
                 * @description Until then it signs too. Absent: the current one
                 */
                expiresAt?: string;
            }[];
            clientCertificate?: {
                /** @example CN=hooklane.example.org */
                subject: string;
                issuer: string;
                /**
                 * Format: date-time
                 * @description ISO 8601, UTC
                 */
                notBefore: string;
                /**
                 * Format: date-time
                 * @description ISO 8601, UTC
                 */
                notAfter: string;
                /** @description SHA-256 of its DER form, as openssl prints it */
                fingerprint: string;
                trustedCertificates?: {
                    /** @example CN=hooklane.example.org */
                    subject: string;
                    issuer: string;
                    /**
                     * Format: date-time
                     * @description ISO 8601, UTC
                     */
                    notBefore: string;
                    /**
                     * Format: date-time
                     * @description ISO 8601, UTC
                     */
                    notAfter: string;
                    /** @description SHA-256 of its DER form, as openssl prints it */
                    fingerprint: string;
                }[];
            };
            /** @enum {string} */
            contentType: "application/json" | "application/x-www-form-urlencoded" | "multipart/form-data";
            body?: string | {
                name: string;
                value: string;
            }[];
            rateLimitPerSecond?: number;
            /** @description Raised by every change; the ETag */
            version: number;
            /** @description Raised by every enabling and disabling */
            generation: number;
            /**
             * Format: date-time
             * @description ISO 8601, UTC
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description ISO 8601, UTC
             */
            updatedAt: string;
            /** @description Arrivals a request was sent for: counted at the first attempt, a little later than it is made */
            requestsSent: number;
            /** @description Requests to the receiver, retries and resends too */
            attempts: number;
        };
        ArrivalAccepted: {
            /** @description See `GET /v1/events/{id}/explain` */
            eventId: string;
        };
        AudienceList: {
            data: components["schemas"]["Audience"][];
            /** @description Null at the end of the list */
            nextCursor: string | null;
        };
        Audience: {
            /** @description `audienceId` of the webhooks that are told of its contacts */
            id: string;
            name: string;
            version: number;
            /**
             * Format: date-time
             * @description ISO 8601, UTC
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description ISO 8601, UTC
             */
            updatedAt: string;
        };
        SegmentList: {
            data: components["schemas"]["Segment"][];
            /** @description Null at the end of the list */
            nextCursor: string | null;
        };
        Segment: {
            id: string;
            name: string;
            conditions: {
                [key: string]: unknown;
            };
            version: number;
            /**
             * Format: date-time
             * @description ISO 8601, UTC
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description ISO 8601, UTC
             */
            updatedAt: string;
        };
        SegmentCount: {
            /** @description Contacts that match, of those looked at */
            count: number;
            /** @description There are contacts that were not looked at, or may be: the oldest are first */
            isAtLeast: boolean;
            /** @description Contacts looked at */
            examined: number;
            /** @description Some that match */
            sample: components["schemas"]["Contact"][];
        };
        Contact: {
            id: string;
            email: string;
            /** @enum {string} */
            emailFormat?: "html" | "text";
            /** @enum {string} */
            status: "subscribed" | "unsubscribed";
            fields: {
                [key: string]: string | number | boolean;
            };
            tags: string[];
            version: number;
            /**
             * Format: date-time
             * @description ISO 8601, UTC
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description ISO 8601, UTC
             */
            updatedAt: string;
        };
        TagList: {
            data: components["schemas"]["Tag"][];
            /** @description Null at the end of the list */
            nextCursor: string | null;
        };
        Tag: {
            name: string;
            /**
             * Format: date-time
             * @description ISO 8601, UTC
             */
            createdAt: string;
        };
        ContactList: {
            data: components["schemas"]["Contact"][];
            /** @description Null at the end of the list */
            nextCursor: string | null;
        };
        Calendar: {
            /** @description The workspace's: whose days they are */
            timeZone: string;
            /** @description Days that have touchpoints, in order; their entries by the time they are due */
            data: {
                /** Format: date */
                date: string;
                entries: components["schemas"]["CalendarEntry"][];
            }[];
            /** @description Null at the end; a day can go on in the next page */
            nextCursor: string | null;
        };
        CalendarEntry: {
            campaignId: string;
            campaignName: string;
            touchpointId: string;
            name: string;
            /**
             * Format: date-time
             * @description ISO 8601, UTC
             */
            dueAt: string;
            /** @enum {string} */
            status: "draft" | "scheduled" | "running" | "completed" | "cancelled";
            counts: components["schemas"]["TouchpointCounts"];
        };
        TouchpointCounts: {
            /** @description Whom it has reached so far, or tried to: all below together */
            contacts: number;
            /** @description Delivered */
            sent: number;
            /** @description Dead letters */
            failed: number;
            /** @description Never sent: its webhook was off, disabled or locked */
            skipped: number;
            /** @description Deleted between the due time and their request */
            cancelled: number;
            /** @description Without an end yet */
            pending: number;
        };
        CampaignList: {
            data: components["schemas"]["Campaign"][];
            /** @description Null at the end of the list */
            nextCursor: string | null;
        };
        Campaign: {
            /** @description `cp_…` */
            id: string;
            name: string;
            /** @description Its touchpoints' unless they name another */
            audienceId: string;
            goal?: string;
            touchpointCount: number;
            /** @description How many of them are in each status */
            touchpointStatuses: {
                draft: number;
                scheduled: number;
                running: number;
                completed: number;
                cancelled: number;
            };
            /** @description Raised by every change of the campaign itself; the ETag */
            version: number;
            /**
             * Format: date-time
             * @description ISO 8601, UTC
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description ISO 8601, UTC
             */
            updatedAt: string;
        };
        TouchpointList: {
            data: components["schemas"]["Touchpoint"][];
            /** @description Null at the end of the list */
            nextCursor: string | null;
        };
        Touchpoint: {
            id: string;
            /** @description Webhooks of one URL share it, and its order */
            endpointId: string;
            /** @enum {string} */
            kind: "events" | "audience" | "journey_point" | "touchpoint";
            /** @description Of kind `journey_point`: where it is changed */
            journeyId?: string;
            campaignId: string;
            name: string;
            url: string;
            eventTypes: string[];
            /** @description Those of them the plan leaves out; events of them are accepted and not delivered */
            lockedEventTypes?: string[];
            /**
             * @description `draft` and `scheduled` can be changed; `completed` and `cancelled` are ends
             * @enum {string}
             */
            status: "draft" | "scheduled" | "running" | "completed" | "cancelled";
            /** @description While `recovering`: the job that tells how far it is */
            recoveryJobId?: string;
            /** @description Why and when it was disabled, while `auto_disabled` */
            disabled?: {
                /** @enum {string} */
                reason: "error_rate" | "gone" | "backlog";
                /**
                 * Format: date-time
                 * @description ISO 8601, UTC
                 */
                at: string;
                lastError?: string;
            };
            batching?: {
                maxEvents: number;
                maxWaitSeconds: number;
            };
            /** @enum {string} */
            successStatus: "200" | "2xx";
            sources?: ("subscriber" | "admin" | "api")[];
            audienceId: string;
            filter?: {
                [key: string]: unknown;
            };
            headers: {
                [key: string]: string;
            };
            auth?: {
                /** @constant */
                type: "basic";
                username: string;
            } | {
                /** @constant */
                type: "bearer";
            } | {
                /** @constant */
                type: "oauth2";
                tokenUrl: string;
                clientId: string;
                scope?: string;
                audience?: string;
            };
            /** @enum {string} */
            signatureScheme: "hmac-sha256" | "ed25519";
            /** @description Of scheme `ed25519`: the keys that sign now, newest first */
            publicKeys?: {
                /** @description `whpk_…` */
                key: string;
                /**
                 * Format: date-time
                 * @description Until then it signs too. Absent: the current one
                 */
                expiresAt?: string;
            }[];
            clientCertificate?: {
                /** @example CN=hooklane.example.org */
                subject: string;
                issuer: string;
                /**
                 * Format: date-time
                 * @description ISO 8601, UTC
                 */
                notBefore: string;
                /**
                 * Format: date-time
                 * @description ISO 8601, UTC
                 */
                notAfter: string;
                /** @description SHA-256 of its DER form, as openssl prints it */
                fingerprint: string;
                trustedCertificates?: {
                    /** @example CN=hooklane.example.org */
                    subject: string;
                    issuer: string;
                    /**
                     * Format: date-time
                     * @description ISO 8601, UTC
                     */
                    notBefore: string;
                    /**
                     * Format: date-time
                     * @description ISO 8601, UTC
                     */
                    notAfter: string;
                    /** @description SHA-256 of its DER form, as openssl prints it */
                    fingerprint: string;
                }[];
            };
            /** @enum {string} */
            contentType: "application/json" | "application/x-www-form-urlencoded" | "multipart/form-data";
            body?: string | {
                name: string;
                value: string;
            }[];
            rateLimitPerSecond?: number;
            /** @description Raised by every change; the ETag */
            version: number;
            /** @description Raised by every enabling and disabling */
            generation: number;
            /**
             * Format: date-time
             * @description ISO 8601, UTC
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description ISO 8601, UTC
             */
            updatedAt: string;
            /**
             * @description Of the webhook it is: `auto_disabled` and `plan_locked` skip contacts
             * @enum {string}
             */
            webhookStatus: "active" | "inactive" | "auto_disabled" | "recovering" | "plan_locked";
            /** @enum {string} */
            cancelReason?: "by_call" | "audience_deleted" | "segment_deleted" | "tag_deleted";
            segmentId?: string;
            tag?: string;
            /** @description As given */
            date: string;
            /** @description As given */
            time: string;
            /** @description The workspace's when date or time was given */
            timeZone: string;
            /**
             * Format: date-time
             * @description ISO 8601, UTC
             */
            dueAt: string;
            /**
             * @description `ambiguous`: the clock shows that time twice, and the first counts. `moved`: the clock leaves it out, and it is due as much later as is left out
             * @enum {string}
             */
            timeNote?: "ambiguous" | "moved";
            counts: components["schemas"]["TouchpointCounts"];
            /**
             * Format: date-time
             * @description ISO 8601, UTC
             */
            finishedAt?: string;
        };
        CreatedTouchpoint: {
            id: string;
            /** @description Webhooks of one URL share it, and its order */
            endpointId: string;
            /** @enum {string} */
            kind: "events" | "audience" | "journey_point" | "touchpoint";
            /** @description Of kind `journey_point`: where it is changed */
            journeyId?: string;
            campaignId: string;
            name: string;
            url: string;
            eventTypes: string[];
            /** @description Those of them the plan leaves out; events of them are accepted and not delivered */
            lockedEventTypes?: string[];
            /**
             * @description `draft` and `scheduled` can be changed; `completed` and `cancelled` are ends
             * @enum {string}
             */
            status: "draft" | "scheduled" | "running" | "completed" | "cancelled";
            /** @description While `recovering`: the job that tells how far it is */
            recoveryJobId?: string;
            /** @description Why and when it was disabled, while `auto_disabled` */
            disabled?: {
                /** @enum {string} */
                reason: "error_rate" | "gone" | "backlog";
                /**
                 * Format: date-time
                 * @description ISO 8601, UTC
                 */
                at: string;
                lastError?: string;
            };
            batching?: {
                maxEvents: number;
                maxWaitSeconds: number;
            };
            /** @enum {string} */
            successStatus: "200" | "2xx";
            sources?: ("subscriber" | "admin" | "api")[];
            audienceId: string;
            filter?: {
                [key: string]: unknown;
            };
            headers: {
                [key: string]: string;
            };
            auth?: {
                /** @constant */
                type: "basic";
                username: string;
            } | {
                /** @constant */
                type: "bearer";
            } | {
                /** @constant */
                type: "oauth2";
                tokenUrl: string;
                clientId: string;
                scope?: string;
                audience?: string;
            };
            /** @enum {string} */
            signatureScheme: "hmac-sha256" | "ed25519";
            /** @description Of scheme `ed25519`: the keys that sign now, newest first */
            publicKeys?: {
                /** @description `whpk_…` */
                key: string;
                /**
                 * Format: date-time
                 * @description Until then it signs too. Absent: the current one
                 */
                expiresAt?: string;
            }[];
            clientCertificate?: {
                /** @example CN=hooklane.example.org */
                subject: string;
                issuer: string;
                /**
                 * Format: date-time
                 * @description ISO 8601, UTC
                 */
                notBefore: string;
                /**
                 * Format: date-time
                 * @description ISO 8601, UTC
                 */
                notAfter: string;
                /** @description SHA-256 of its DER form, as openssl prints it */
                fingerprint: string;
                trustedCertificates?: {
                    /** @example CN=hooklane.example.org */
                    subject: string;
                    issuer: string;
                    /**
                     * Format: date-time
                     * @description ISO 8601, UTC
                     */
                    notBefore: string;
                    /**
                     * Format: date-time
                     * @description ISO 8601, UTC
                     */
                    notAfter: string;
                    /** @description SHA-256 of its DER form, as openssl prints it */
                    fingerprint: string;
                }[];
            };
            /** @enum {string} */
            contentType: "application/json" | "application/x-www-form-urlencoded" | "multipart/form-data";
            body?: string | {
                name: string;
                value: string;
            }[];
            rateLimitPerSecond?: number;
            /** @description Raised by every change; the ETag */
            version: number;
            /** @description Raised by every enabling and disabling */
            generation: number;
            /**
             * Format: date-time
             * @description ISO 8601, UTC
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description ISO 8601, UTC
             */
            updatedAt: string;
            /**
             * @description Of the webhook it is: `auto_disabled` and `plan_locked` skip contacts
             * @enum {string}
             */
            webhookStatus: "active" | "inactive" | "auto_disabled" | "recovering" | "plan_locked";
            /** @enum {string} */
            cancelReason?: "by_call" | "audience_deleted" | "segment_deleted" | "tag_deleted";
            segmentId?: string;
            tag?: string;
            /** @description As given */
            date: string;
            /** @description As given */
            time: string;
            /** @description The workspace's when date or time was given */
            timeZone: string;
            /**
             * Format: date-time
             * @description ISO 8601, UTC
             */
            dueAt: string;
            /**
             * @description `ambiguous`: the clock shows that time twice, and the first counts. `moved`: the clock leaves it out, and it is due as much later as is left out
             * @enum {string}
             */
            timeNote?: "ambiguous" | "moved";
            counts: components["schemas"]["TouchpointCounts"];
            /**
             * Format: date-time
             * @description ISO 8601, UTC
             */
            finishedAt?: string;
            /** @description `whsec_…` to verify signatures with, shown this once. Only of scheme `hmac-sha256`, and only when it was made by this call */
            secret?: string;
        };
        PlanList: {
            /** @description With a workspace's key the plans of its family, else all; families by name, cheapest first */
            data: components["schemas"]["Plan"][];
            nextCursor: null;
            /** @description With a workspace's key: the id of its plan */
            currentPlan?: string;
            /** @description With a workspace's key: where to upgrade */
            upgradeUrl?: string;
        };
        Plan: {
            id: string;
            /** @description Plans of a family are upgrades of each other */
            family: string;
            rank: number;
            name: {
                en: string;
                fr: string;
            };
            webhooks: {
                /**
                 * @description `none`: no webhooks; `configure`: they stay drafts; `full`: they can be activated
                 * @enum {string}
                 */
                access: "none" | "configure" | "full";
                /** @description Kinds of webhooks that differ */
                perKind?: {
                    /** @enum {string} */
                    events?: "none" | "configure" | "full";
                    /** @enum {string} */
                    audience?: "none" | "configure" | "full";
                    /** @enum {string} */
                    journey_point?: "none" | "configure" | "full";
                    /** @enum {string} */
                    touchpoint?: "none" | "configure" | "full";
                };
            };
            events: {
                locked: string[];
            };
            upgradeUrl?: string;
            /** @description Cannot be changed or deleted */
            isBuiltIn: boolean;
            /** @description What it has that the workspace's plan lacks; for a workspace's key */
            unlocks?: {
                webhooks: {
                    /** @enum {string} */
                    kind: "events" | "audience" | "journey_point" | "touchpoint";
                    /** @enum {string} */
                    access: "none" | "configure" | "full";
                }[];
                eventTypes: string[];
            };
            version: number;
            /**
             * Format: date-time
             * @description Absent: built in
             */
            createdAt?: string;
            /**
             * Format: date-time
             * @description ISO 8601, UTC
             */
            updatedAt?: string;
        };
        PlanFamilyInstalled: {
            family: string;
            /** @description Plans there were not; the others stay as they are */
            added: string[];
            data: components["schemas"]["Plan"][];
        };
        ContactImportList: {
            data: components["schemas"]["ContactImportJob"][];
            /** @description Null at the end of the list */
            nextCursor: string | null;
        };
        ContactImportErrorList: {
            data: components["schemas"]["ContactImportError"][];
            /** @description Null at the end of the list */
            nextCursor: string | null;
        };
        ContactImportError: {
            /** @description Dotted path into the contact; empty for the line itself */
            path: string;
            /** @enum {string} */
            code: "required" | "unknown_field" | "invalid_type" | "invalid_value" | "too_short" | "too_long" | "too_small" | "too_large" | "invalid_format" | "duplicate" | "unknown_event_type" | "schema_mismatch" | "event_too_large" | "invalid_url" | "url_credentials" | "url_fragment" | "destination_refused" | "invalid_header_name" | "invalid_header_value" | "reserved_header" | "excluded_by" | "invalid_template" | "invalid_filter" | "invalid_certificate" | "certificate_expired" | "invalid_private_key" | "key_mismatch";
            message: string;
            /** @description Of `invalid_template`: where in its text, both from 1 */
            position?: {
                line: number;
                column: number;
            };
            /** @description Of the upload, from 1, the header's included; of a JSON array the element, from 1 */
            line: number;
        };
        StreamEvent: {
            /** @constant */
            event: "delivery";
            /** @description The position behind this event, for `Last-Event-ID`; opaque, 200 characters at most */
            id: string;
            data: components["schemas"]["Delivery"];
        } | {
            /** @constant */
            event: "webhook";
            /** @description The position behind this event, for `Last-Event-ID`; opaque, 200 characters at most */
            id: string;
            data: components["schemas"]["StreamedWebhook"];
        } | {
            /** @constant */
            event: "quota";
            /** @description The position behind this event, for `Last-Event-ID`; opaque, 200 characters at most */
            id: string;
            data: components["schemas"]["StreamedQuota"];
        } | {
            /** @constant */
            event: "reset";
            /** @description The position behind this event, for `Last-Event-ID`; opaque, 200 characters at most */
            id: string;
            data: {
                /** @enum {string} */
                reason: "unknown_position" | "too_old" | "history_lost";
            };
        } | {
            /** @constant */
            event: "ping";
            /** @description The position behind this event, for `Last-Event-ID`; opaque, 200 characters at most */
            id: string;
            data: Record<string, never>;
        };
        StreamedWebhook: {
            id: string;
            /** @enum {string} */
            status: "active" | "inactive" | "auto_disabled" | "recovering" | "plan_locked";
            /**
             * @description Why it was disabled, while `auto_disabled`
             * @enum {string}
             */
            statusReason?: "error_rate" | "gone" | "backlog";
            generation: number;
            /** @description Raised by every change; read it again when it is higher */
            version: number;
            /**
             * Format: date-time
             * @description ISO 8601, UTC
             */
            deletedAt?: string;
        };
        StreamedQuota: {
            used: number;
            limit: number;
            windowMinutes: number;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type IngestEvent = components['schemas']['IngestEvent'];
export type IngestBatch = components['schemas']['IngestBatch'];
export type CreateWorkspace = components['schemas']['CreateWorkspace'];
export type PatchWorkspacePlan = components['schemas']['PatchWorkspacePlan'];
export type CreateApiKey = components['schemas']['CreateApiKey'];
export type PatchWorkspace = components['schemas']['PatchWorkspace'];
export type PreviewWebhook = components['schemas']['PreviewWebhook'];
export type TestFilter = components['schemas']['TestFilter'];
export type CreateWebhook = components['schemas']['CreateWebhook'];
export type PatchWebhook = components['schemas']['PatchWebhook'];
export type ActivateWebhook = components['schemas']['ActivateWebhook'];
export type EmptyBody = components['schemas']['EmptyBody'];
export type RotateSecret = components['schemas']['RotateSecret'];
export type CreateEventType = components['schemas']['CreateEventType'];
export type PatchEventType = components['schemas']['PatchEventType'];
export type ResendEvent = components['schemas']['ResendEvent'];
export type ResendMany = components['schemas']['ResendMany'];
export type ResendFilter = components['schemas']['ResendFilter'];
export type TestWebhook = components['schemas']['TestWebhook'];
export type CreateJourney = components['schemas']['CreateJourney'];
export type PatchJourney = components['schemas']['PatchJourney'];
export type ResumeJourney = components['schemas']['ResumeJourney'];
export type CreateJourneyPoint = components['schemas']['CreateJourneyPoint'];
export type PatchJourneyPoint = components['schemas']['PatchJourneyPoint'];
export type CreateArrival = components['schemas']['CreateArrival'];
export type CreateAudience = components['schemas']['CreateAudience'];
export type PatchAudience = components['schemas']['PatchAudience'];
export type CreateSegment = components['schemas']['CreateSegment'];
export type PreviewSegment = components['schemas']['PreviewSegment'];
export type PatchSegment = components['schemas']['PatchSegment'];
export type CreateTag = components['schemas']['CreateTag'];
export type CreateContact = components['schemas']['CreateContact'];
export type PatchContact = components['schemas']['PatchContact'];
export type CreateCampaign = components['schemas']['CreateCampaign'];
export type PatchCampaign = components['schemas']['PatchCampaign'];
export type CreateTouchpoint = components['schemas']['CreateTouchpoint'];
export type PatchTouchpoint = components['schemas']['PatchTouchpoint'];
export type CreatePlan = components['schemas']['CreatePlan'];
export type PatchPlan = components['schemas']['PatchPlan'];
export type InstallPlanFamily = components['schemas']['InstallPlanFamily'];
export type ImportedContact = components['schemas']['ImportedContact'];
export type ContactImportNdjson = components['schemas']['ContactImportNdjson'];
export type ContactImportCsv = components['schemas']['ContactImportCsv'];
export type IngestAccepted = components['schemas']['IngestAccepted'];
export type IngestResults = components['schemas']['IngestResults'];
export type IngestResult = components['schemas']['IngestResult'];
export type Problem = components['schemas']['Problem'];
export type FieldError = components['schemas']['FieldError'];
export type EventList = components['schemas']['EventList'];
export type Event = components['schemas']['Event'];
export type CreatedWorkspace = components['schemas']['CreatedWorkspace'];
export type WorkspaceList = components['schemas']['WorkspaceList'];
export type Workspace = components['schemas']['Workspace'];
export type CreatedApiKey = components['schemas']['CreatedApiKey'];
export type ApiKeyList = components['schemas']['ApiKeyList'];
export type ApiKey = components['schemas']['ApiKey'];
export type AuditEntryList = components['schemas']['AuditEntryList'];
export type AuditEntry = components['schemas']['AuditEntry'];
export type AuditActor = components['schemas']['AuditActor'];
export type WebhookPreview = components['schemas']['WebhookPreview'];
export type PreviewedRequest = components['schemas']['PreviewedRequest'];
export type PreviewFailure = components['schemas']['PreviewFailure'];
export type FilterTested = components['schemas']['FilterTested'];
export type FilterCondition = components['schemas']['FilterCondition'];
export type CreatedWebhook = components['schemas']['CreatedWebhook'];
export type WebhookList = components['schemas']['WebhookList'];
export type Webhook = components['schemas']['Webhook'];
export type WebhookStats = components['schemas']['WebhookStats'];
export type WebhookStatsSeries = components['schemas']['WebhookStatsSeries'];
export type StatsBucket = components['schemas']['StatsBucket'];
export type FailureReasonCount = components['schemas']['FailureReasonCount'];
export type WorkspaceStats = components['schemas']['WorkspaceStats'];
export type NotableWebhook = components['schemas']['NotableWebhook'];
export type LongQueue = components['schemas']['LongQueue'];
export type EventTypeList = components['schemas']['EventTypeList'];
export type EventType = components['schemas']['EventType'];
export type PresetInstalled = components['schemas']['PresetInstalled'];
export type ScheduledEventList = components['schemas']['ScheduledEventList'];
export type ScheduledEvent = components['schemas']['ScheduledEvent'];
export type EventWithData = components['schemas']['EventWithData'];
export type Explanation = components['schemas']['Explanation'];
export type DeliveryList = components['schemas']['DeliveryList'];
export type Delivery = components['schemas']['Delivery'];
export type Attempt = components['schemas']['Attempt'];
export type ResendAccepted = components['schemas']['ResendAccepted'];
export type Resend = components['schemas']['Resend'];
export type WaitsBehind = components['schemas']['WaitsBehind'];
export type ResendManyAnswer = components['schemas']['ResendManyAnswer'];
export type Job = components['schemas']['Job'];
export type ResendManyJob = components['schemas']['ResendManyJob'];
export type JobFilter = components['schemas']['JobFilter'];
export type RecoverJob = components['schemas']['RecoverJob'];
export type ContactImportJob = components['schemas']['ContactImportJob'];
export type TestDelivery = components['schemas']['TestDelivery'];
export type Health = components['schemas']['Health'];
export type QuotaError = components['schemas']['QuotaError'];
export type Journey = components['schemas']['Journey'];
export type JourneyList = components['schemas']['JourneyList'];
export type CreatedJourneyPoint = components['schemas']['CreatedJourneyPoint'];
export type JourneyPointList = components['schemas']['JourneyPointList'];
export type JourneyPoint = components['schemas']['JourneyPoint'];
export type ArrivalAccepted = components['schemas']['ArrivalAccepted'];
export type AudienceList = components['schemas']['AudienceList'];
export type Audience = components['schemas']['Audience'];
export type SegmentList = components['schemas']['SegmentList'];
export type Segment = components['schemas']['Segment'];
export type SegmentCount = components['schemas']['SegmentCount'];
export type Contact = components['schemas']['Contact'];
export type TagList = components['schemas']['TagList'];
export type Tag = components['schemas']['Tag'];
export type ContactList = components['schemas']['ContactList'];
export type Calendar = components['schemas']['Calendar'];
export type CalendarEntry = components['schemas']['CalendarEntry'];
export type TouchpointCounts = components['schemas']['TouchpointCounts'];
export type CampaignList = components['schemas']['CampaignList'];
export type Campaign = components['schemas']['Campaign'];
export type TouchpointList = components['schemas']['TouchpointList'];
export type Touchpoint = components['schemas']['Touchpoint'];
export type CreatedTouchpoint = components['schemas']['CreatedTouchpoint'];
export type PlanList = components['schemas']['PlanList'];
export type Plan = components['schemas']['Plan'];
export type PlanFamilyInstalled = components['schemas']['PlanFamilyInstalled'];
export type ContactImportList = components['schemas']['ContactImportList'];
export type ContactImportErrorList = components['schemas']['ContactImportErrorList'];
export type ContactImportError = components['schemas']['ContactImportError'];
export type StreamEvent = components['schemas']['StreamEvent'];
export type StreamedWebhook = components['schemas']['StreamedWebhook'];
export type StreamedQuota = components['schemas']['StreamedQuota'];
export type $defs = Record<string, never>;
export interface operations {
    listEvents: {
        parameters: {
            query?: {
                /** @description Elements at most */
                limit?: number;
                /** @description `nextCursor` of the answer before; opaque */
                cursor?: string;
                type?: string;
                status?: "accepted" | "suppressed" | "scheduled" | "cancelled";
                /** @description Accepted at or after */
                from?: string;
                /** @description Accepted before */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Events without their data */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventList"];
                };
            };
            /** @description `invalid_cursor`: The cursor is not one we gave */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No or unknown key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The key lacks the scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `validation_failed`: Some fields are not right */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something broke on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: A part this call needs is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    sendEvents: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["IngestEvent"] | components["schemas"]["IngestBatch"];
            };
        };
        responses: {
            /** @description What became of the event, or of each of several */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IngestAccepted"] | components["schemas"]["IngestResults"];
                };
            };
            /** @description `malformed_json`: The body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No or unknown key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The key lacks the scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `body_too_large`: The body is too large; `event_too_large`: The event is larger than 256 KiB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The content type is not one this call takes */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `validation_failed`: Some fields are not right */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something broke on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: A part this call needs is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listWorkspaces: {
        parameters: {
            query?: {
                /** @description Elements at most */
                limit?: number;
                /** @description `nextCursor` of the answer before; opaque */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Workspaces */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkspaceList"];
                };
            };
            /** @description `invalid_cursor`: The cursor is not one we gave */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No or unknown key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The key lacks the scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `validation_failed`: Some fields are not right */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something broke on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: A part this call needs is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createWorkspace: {
        parameters: {
            query?: never;
            header?: {
                /** @description The call is made once in 24 h; repeats are answered alike */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateWorkspace"];
            };
        };
        responses: {
            /** @description The workspace and its key, shown this once */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedWorkspace"];
                };
            };
            /** @description `malformed_json`: The body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No or unknown key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The key lacks the scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency_conflict`: The idempotency key was used with another request */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `body_too_large`: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The content type is not one this call takes */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `validation_failed`: Some fields are not right */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something broke on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: A part this call needs is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getWorkspaceById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The workspace */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Workspace"];
                };
            };
            /** @description `unauthorized`: No or unknown key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The key lacks the scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something broke on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: A part this call needs is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    patchWorkspaceById: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag the change is meant for */
                "If-Match"?: string;
                /** @description The call is made once in 24 h; repeats are answered alike */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PatchWorkspacePlan"];
            };
        };
        responses: {
            /** @description The workspace as it is now */
            200: {
                headers: {
                    /** @description The version, for `If-Match` */
                    etag: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Workspace"];
                };
            };
            /** @description `malformed_json`: The body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No or unknown key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The key lacks the scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency_conflict`: The idempotency key was used with another request */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `precondition_failed`: The object moved since it was read */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `body_too_large`: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The content type is not one this call takes */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `validation_failed`: Some fields are not right */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something broke on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: A part this call needs is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createWorkspaceApiKey: {
        parameters: {
            query?: never;
            header?: {
                /** @description The call is made once in 24 h; repeats are answered alike */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateApiKey"];
            };
        };
        responses: {
            /** @description The key, shown this once */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedApiKey"];
                };
            };
            /** @description `malformed_json`: The body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No or unknown key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The key lacks the scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency_conflict`: The idempotency key was used with another request */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `body_too_large`: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The content type is not one this call takes */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `validation_failed`: Some fields are not right */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something broke on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: A part this call needs is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getWorkspace: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The workspace */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Workspace"];
                };
            };
            /** @description `unauthorized`: No or unknown key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The key lacks the scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something broke on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: A part this call needs is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    patchWorkspace: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag the change is meant for */
                "If-Match"?: string;
                /** @description The call is made once in 24 h; repeats are answered alike */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/merge-patch+json": components["schemas"]["PatchWorkspace"];
            };
        };
        responses: {
            /** @description The workspace as it is now */
            200: {
                headers: {
                    /** @description The version, for `If-Match` */
                    etag: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Workspace"];
                };
            };
            /** @description `malformed_json`: The body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No or unknown key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The key lacks the scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency_conflict`: The idempotency key was used with another request */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `precondition_failed`: The object moved since it was read */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `body_too_large`: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The content type is not one this call takes */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `validation_failed`: Some fields are not right */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something broke on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: A part this call needs is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listApiKeys: {
        parameters: {
            query?: {
                /** @description Elements at most */
                limit?: number;
                /** @description `nextCursor` of the answer before; opaque */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Keys without what opens */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKeyList"];
                };
            };
            /** @description `invalid_cursor`: The cursor is not one we gave */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No or unknown key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The key lacks the scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `validation_failed`: Some fields are not right */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something broke on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: A part this call needs is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createApiKey: {
        parameters: {
            query?: never;
            header?: {
                /** @description The call is made once in 24 h; repeats are answered alike */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateApiKey"];
            };
        };
        responses: {
            /** @description The key, shown this once */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedApiKey"];
                };
            };
            /** @description `malformed_json`: The body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No or unknown key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The key lacks the scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency_conflict`: The idempotency key was used with another request */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `body_too_large`: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The content type is not one this call takes */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `validation_failed`: Some fields are not right */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something broke on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: A part this call needs is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    revokeApiKey: {
        parameters: {
            query?: never;
            header?: {
                /** @description The call is made once in 24 h; repeats are answered alike */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Revoked */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `malformed_json`: The body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No or unknown key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The key lacks the scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency_conflict`: The idempotency key was used with another request */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `body_too_large`: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The content type is not one this call takes */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `validation_failed`: Some fields are not right */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something broke on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: A part this call needs is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listAuditLog: {
        parameters: {
            query?: {
                /** @description Elements at most */
                limit?: number;
                /** @description `nextCursor` of the answer before; opaque */
                cursor?: string;
                /** @description Id of what was changed; of an event type its name, of a resend the delivery or event that was resent */
                object?: string;
                /** @description Who changed it: an API key's id, `operator` or `system` */
                actor?: string;
                /** @description Changes at this time or later */
                from?: string;
                /** @description Changes before this time */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Changes with what was before and after; secrets are masked */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditEntryList"];
                };
            };
            /** @description `invalid_cursor`: The cursor is not one we gave */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No or unknown key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The key lacks the scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `validation_failed`: Some fields are not right */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something broke on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: A part this call needs is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listWorkspaceAuditLog: {
        parameters: {
            query?: {
                /** @description Elements at most */
                limit?: number;
                /** @description `nextCursor` of the answer before; opaque */
                cursor?: string;
                /** @description Id of what was changed; of an event type its name, of a resend the delivery or event that was resent */
                object?: string;
                /** @description Who changed it: an API key's id, `operator` or `system` */
                actor?: string;
                /** @description Changes at this time or later */
                from?: string;
                /** @description Changes before this time */
                to?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Changes with what was before and after; secrets are masked */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditEntryList"];
                };
            };
            /** @description `invalid_cursor`: The cursor is not one we gave */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No or unknown key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The key lacks the scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `validation_failed`: Some fields are not right */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something broke on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: A part this call needs is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listInstallationAuditLog: {
        parameters: {
            query?: {
                /** @description Elements at most */
                limit?: number;
                /** @description `nextCursor` of the answer before; opaque */
                cursor?: string;
                /** @description Id of what was changed; of an event type its name, of a resend the delivery or event that was resent */
                object?: string;
                /** @description Who changed it: an API key's id, `operator` or `system` */
                actor?: string;
                /** @description Changes at this time or later */
                from?: string;
                /** @description Changes before this time */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Changes with what was before and after; secrets are masked */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditEntryList"];
                };
            };
            /** @description `invalid_cursor`: The cursor is not one we gave */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No or unknown key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The key lacks the scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `validation_failed`: Some fields are not right */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something broke on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: A part this call needs is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    previewWebhook: {
        parameters: {
            query?: never;
            header?: {
                /** @description The call is made once in 24 h; repeats are answered alike */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PreviewWebhook"];
            };
        };
        responses: {
            /** @description The request, or why there would be none */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookPreview"];
                };
            };
            /** @description `malformed_json`: The body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No or unknown key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The key lacks the scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency_conflict`: The idempotency key was used with another request */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `body_too_large`: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The content type is not one this call takes */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `validation_failed`: Some fields are not right */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something broke on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: A part this call needs is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    testFilter: {
        parameters: {
            query?: never;
            header?: {
                /** @description The call is made once in 24 h; repeats are answered alike */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TestFilter"];
            };
        };
        responses: {
            /** @description What became of each condition */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FilterTested"];
                };
            };
            /** @description `malformed_json`: The body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No or unknown key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The key lacks the scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency_conflict`: The idempotency key was used with another request */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `body_too_large`: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The content type is not one this call takes */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `validation_failed`: Some fields are not right */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something broke on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: A part this call needs is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listWebhooks: {
        parameters: {
            query?: {
                /** @description Elements at most */
                limit?: number;
                /** @description `nextCursor` of the answer before; opaque */
                cursor?: string;
                /** @description Only those of this kind. Default: all */
                kind?: "events" | "audience" | "journey_point" | "touchpoint";
                /** @description Only those in this state. Default: all */
                status?: "active" | "inactive" | "auto_disabled" | "recovering" | "plan_locked";
                /** @description Only those whose name or URL contains this text, whatever the case */
                search?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Webhooks */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookList"];
                };
            };
            /** @description `invalid_cursor`: The cursor is not one we gave */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No or unknown key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The key lacks the scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `validation_failed`: Some fields are not right */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something broke on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: A part this call needs is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createWebhook: {
        parameters: {
            query?: never;
            header?: {
                /** @description The call is made once in 24 h; repeats are answered alike */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateWebhook"];
            };
        };
        responses: {
            /** @description The webhook and its secret, shown this once; of ed25519 its public key */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedWebhook"];
                };
            };
            /** @description `malformed_json`: The body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No or unknown key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The key lacks the scope; `plan_upgrade_required`: The plan does not include this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency_conflict`: The idempotency key was used with another request */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `body_too_large`: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The content type is not one this call takes */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `validation_failed`: Some fields are not right */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something broke on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: A part this call needs is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The webhook */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            /** @description `unauthorized`: No or unknown key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The key lacks the scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something broke on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: A part this call needs is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteWebhook: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag the change is meant for */
                "If-Match"?: string;
                /** @description The call is made once in 24 h; repeats are answered alike */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deleted */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `malformed_json`: The body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No or unknown key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The key lacks the scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `conflict`: The state does not allow this; `idempotency_conflict`: The idempotency key was used with another request */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `precondition_failed`: The object moved since it was read */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `body_too_large`: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The content type is not one this call takes */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `validation_failed`: Some fields are not right */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something broke on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: A part this call needs is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    patchWebhook: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag the change is meant for */
                "If-Match"?: string;
                /** @description The call is made once in 24 h; repeats are answered alike */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/merge-patch+json": components["schemas"]["PatchWebhook"];
            };
        };
        responses: {
            /** @description The webhook as it is now, and its new secret where the signature scheme changed */
            200: {
                headers: {
                    /** @description The version, for `If-Match` */
                    etag: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedWebhook"];
                };
            };
            /** @description `malformed_json`: The body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No or unknown key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The key lacks the scope; `plan_upgrade_required`: The plan does not include this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `conflict`: The state does not allow this; `idempotency_conflict`: The idempotency key was used with another request */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `precondition_failed`: The object moved since it was read */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `body_too_large`: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The content type is not one this call takes */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `validation_failed`: Some fields are not right */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something broke on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: A part this call needs is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    activateWebhook: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag the change is meant for */
                "If-Match"?: string;
                /** @description The call is made once in 24 h; repeats are answered alike */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ActivateWebhook"];
            };
        };
        responses: {
            /** @description The webhook as it is now; `recovering` until what it did not get stands in line, see the job `recoveryJobId` */
            200: {
                headers: {
                    /** @description The version, for `If-Match` */
                    etag: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            /** @description `malformed_json`: The body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No or unknown key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The key lacks the scope; `plan_upgrade_required`: The plan does not include this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `conflict`: The state does not allow this; `journey_not_active`: The journey is not active; `idempotency_conflict`: The idempotency key was used with another request */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `precondition_failed`: The object moved since it was read */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `body_too_large`: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The content type is not one this call takes */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `validation_failed`: Some fields are not right */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something broke on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: A part this call needs is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deactivateWebhook: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag the change is meant for */
                "If-Match"?: string;
                /** @description The call is made once in 24 h; repeats are answered alike */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["EmptyBody"];
            };
        };
        responses: {
            /** @description The webhook as it is now */
            200: {
                headers: {
                    /** @description The version, for `If-Match` */
                    etag: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            /** @description `malformed_json`: The body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No or unknown key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The key lacks the scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `conflict`: The state does not allow this; `idempotency_conflict`: The idempotency key was used with another request */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `precondition_failed`: The object moved since it was read */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `body_too_large`: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The content type is not one this call takes */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `validation_failed`: Some fields are not right */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something broke on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: A part this call needs is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rotateWebhookSecret: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag the change is meant for */
                "If-Match"?: string;
                /** @description The call is made once in 24 h; repeats are answered alike */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["RotateSecret"];
            };
        };
        responses: {
            /** @description The webhook and its new secret, shown this once; of ed25519 its new public key */
            200: {
                headers: {
                    /** @description The version, for `If-Match` */
                    etag: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedWebhook"];
                };
            };
            /** @description `malformed_json`: The body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No or unknown key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The key lacks the scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `conflict`: The state does not allow this; `idempotency_conflict`: The idempotency key was used with another request */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `precondition_failed`: The object moved since it was read */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `body_too_large`: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The content type is not one this call takes */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `validation_failed`: Some fields are not right */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something broke on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: A part this call needs is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getWebhookStats: {
        parameters: {
            query?: {
                /** @description How far back, by when events were accepted */
                hours?: number;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Counts, durations, and the line */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookStats"];
                };
            };
            /** @description `unauthorized`: No or unknown key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The key lacks the scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `validation_failed`: Some fields are not right */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something broke on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: A part this call needs is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getWebhookStatsSeries: {
        parameters: {
            query?: {
                /** @description How far back: 12 buckets of 5 minutes, 24 of an hour, 28 of 6 hours */
                range?: "1h" | "24h" | "7d";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Requests by time */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookStatsSeries"];
                };
            };
            /** @description `unauthorized`: No or unknown key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The key lacks the scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `validation_failed`: Some fields are not right */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something broke on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: A part this call needs is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getWorkspaceStats: {
        parameters: {
            query?: {
                /** @description How far back: 12 buckets of 5 minutes, 24 of an hour, 28 of 6 hours */
                range?: "1h" | "24h" | "7d";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Requests by time, webhooks, lines */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkspaceStats"];
                };
            };
            /** @description `unauthorized`: No or unknown key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The key lacks the scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `validation_failed`: Some fields are not right */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something broke on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: A part this call needs is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listEventTypes: {
        parameters: {
            query?: {
                /** @description Elements at most */
                limit?: number;
                /** @description `nextCursor` of the answer before; opaque */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Event types */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventTypeList"];
                };
            };
            /** @description `invalid_cursor`: The cursor is not one we gave */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No or unknown key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The key lacks the scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `validation_failed`: Some fields are not right */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something broke on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: A part this call needs is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createEventType: {
        parameters: {
            query?: never;
            header?: {
                /** @description The call is made once in 24 h; repeats are answered alike */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateEventType"];
            };
        };
        responses: {
            /** @description The event type */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventType"];
                };
            };
            /** @description `malformed_json`: The body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No or unknown key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The key lacks the scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `conflict`: The state does not allow this; `idempotency_conflict`: The idempotency key was used with another request */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `body_too_large`: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The content type is not one this call takes */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `validation_failed`: Some fields are not right */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something broke on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: A part this call needs is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getEventType: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                type: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The event type */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventType"];
                };
            };
            /** @description `unauthorized`: No or unknown key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The key lacks the scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something broke on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: A part this call needs is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteEventType: {
        parameters: {
            query?: never;
            header?: {
                /** @description The call is made once in 24 h; repeats are answered alike */
                "Idempotency-Key"?: string;
            };
            path: {
                type: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deleted */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `malformed_json`: The body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No or unknown key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The key lacks the scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `conflict`: The state does not allow this; `idempotency_conflict`: The idempotency key was used with another request */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `body_too_large`: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The content type is not one this call takes */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `validation_failed`: Some fields are not right */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something broke on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: A part this call needs is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    patchEventType: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag the change is meant for */
                "If-Match"?: string;
                /** @description The call is made once in 24 h; repeats are answered alike */
                "Idempotency-Key"?: string;
            };
            path: {
                type: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["PatchEventType"];
            };
        };
        responses: {
            /** @description The event type as it is now */
            200: {
                headers: {
                    /** @description The version, for `If-Match` */
                    etag: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventType"];
                };
            };
            /** @description `malformed_json`: The body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No or unknown key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The key lacks the scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `conflict`: The state does not allow this; `idempotency_conflict`: The idempotency key was used with another request */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `precondition_failed`: The object moved since it was read */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `body_too_large`: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The content type is not one this call takes */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `validation_failed`: Some fields are not right */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something broke on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: A part this call needs is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    installPreset: {
        parameters: {
            query?: never;
            header?: {
                /** @description The call is made once in 24 h; repeats are answered alike */
                "Idempotency-Key"?: string;
            };
            path: {
                preset: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was added */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PresetInstalled"];
                };
            };
            /** @description `malformed_json`: The body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No or unknown key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The key lacks the scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency_conflict`: The idempotency key was used with another request */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `body_too_large`: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The content type is not one this call takes */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `validation_failed`: Some fields are not right */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something broke on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: A part this call needs is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listScheduledEvents: {
        parameters: {
            query?: {
                /** @description Elements at most */
                limit?: number;
                /** @description `nextCursor` of the answer before; opaque */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Events without their data */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScheduledEventList"];
                };
            };
            /** @description `invalid_cursor`: The cursor is not one we gave */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No or unknown key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The key lacks the scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `validation_failed`: Some fields are not right */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something broke on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: A part this call needs is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    cancelScheduledEvent: {
        parameters: {
            query?: never;
            header?: {
                /** @description The call is made once in 24 h; repeats are answered alike */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is cancelled; it may have been before */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `malformed_json`: The body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No or unknown key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The key lacks the scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `conflict`: The state does not allow this; `idempotency_conflict`: The idempotency key was used with another request */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `body_too_large`: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The content type is not one this call takes */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `validation_failed`: Some fields are not right */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something broke on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: A part this call needs is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getEvent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The event */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventWithData"];
                };
            };
            /** @description `unauthorized`: No or unknown key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The key lacks the scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something broke on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: A part this call needs is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    explainEvent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was decided when it was routed */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Explanation"];
                };
            };
            /** @description `unauthorized`: No or unknown key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The key lacks the scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `conflict`: The state does not allow this */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something broke on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: A part this call needs is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listDeliveries: {
        parameters: {
            query?: {
                /** @description Elements at most */
                limit?: number;
                /** @description `nextCursor` of the answer before; opaque */
                cursor?: string;
                eventId?: string;
                eventType?: string;
                status?: "pending" | "retrying" | "delivered" | "dead_letter" | "skipped" | "cancelled";
                /** @description Event accepted at or after */
                from?: string;
                /** @description Event accepted before */
                to?: string;
                webhookId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deliveries with their attempts */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeliveryList"];
                };
            };
            /** @description `invalid_cursor`: The cursor is not one we gave */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No or unknown key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The key lacks the scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `validation_failed`: Some fields are not right */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something broke on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: A part this call needs is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getDelivery: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The delivery */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Delivery"];
                };
            };
            /** @description `unauthorized`: No or unknown key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The key lacks the scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something broke on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: A part this call needs is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listWebhookDeliveries: {
        parameters: {
            query?: {
                /** @description Elements at most */
                limit?: number;
                /** @description `nextCursor` of the answer before; opaque */
                cursor?: string;
                eventId?: string;
                eventType?: string;
                status?: "pending" | "retrying" | "delivered" | "dead_letter" | "skipped" | "cancelled";
                /** @description Event accepted at or after */
                from?: string;
                /** @description Event accepted before */
                to?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deliveries with their attempts */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeliveryList"];
                };
            };
            /** @description `invalid_cursor`: The cursor is not one we gave */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No or unknown key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The key lacks the scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `validation_failed`: Some fields are not right */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something broke on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: A part this call needs is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    resendDelivery: {
        parameters: {
            query?: never;
            header?: {
                /** @description The call is made once in 24 h; repeats are answered alike */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["EmptyBody"];
            };
        };
        responses: {
            /** @description The new deliveries, at the end of their endpoints' lines. Without an `Idempotency-Key`, a repeated call resends once more */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ResendAccepted"];
                };
            };
            /** @description `malformed_json`: The body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No or unknown key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The key lacks the scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `webhook_not_active`: The webhook is not sent to; `idempotency_conflict`: The idempotency key was used with another request */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `event_expired`: The event is not kept any more */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `body_too_large`: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The content type is not one this call takes */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `validation_failed`: Some fields are not right */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something broke on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: A part this call needs is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    resendEvent: {
        parameters: {
            query?: never;
            header?: {
                /** @description The call is made once in 24 h; repeats are answered alike */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ResendEvent"];
            };
        };
        responses: {
            /** @description The new deliveries, at the end of their endpoints' lines. Without an `Idempotency-Key`, a repeated call resends once more */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ResendAccepted"];
                };
            };
            /** @description `malformed_json`: The body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No or unknown key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The key lacks the scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `webhook_not_active`: The webhook is not sent to; `conflict`: The state does not allow this; `idempotency_conflict`: The idempotency key was used with another request */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `event_expired`: The event is not kept any more */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `body_too_large`: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The content type is not one this call takes */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `validation_failed`: Some fields are not right */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something broke on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: A part this call needs is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    resendDeliveries: {
        parameters: {
            query?: never;
            header?: {
                /** @description The call is made once in 24 h; repeats are answered alike */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ResendMany"];
            };
        };
        responses: {
            /** @description The count, and the job that was begun. Without an `Idempotency-Key`, a repeated call begins another */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ResendManyAnswer"];
                };
            };
            /** @description `malformed_json`: The body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No or unknown key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The key lacks the scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `webhook_not_active`: The webhook is not sent to; `idempotency_conflict`: The idempotency key was used with another request */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `body_too_large`: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The content type is not one this call takes */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `validation_failed`: Some fields are not right */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something broke on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: A part this call needs is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getJob: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The job */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description `unauthorized`: No or unknown key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The key lacks the scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something broke on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: A part this call needs is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    cancelJob: {
        parameters: {
            query?: never;
            header?: {
                /** @description The call is made once in 24 h; repeats are answered alike */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["EmptyBody"];
            };
        };
        responses: {
            /** @description The job; it may have been cancelled before */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description `malformed_json`: The body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No or unknown key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The key lacks the scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `conflict`: The state does not allow this; `idempotency_conflict`: The idempotency key was used with another request */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `body_too_large`: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The content type is not one this call takes */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `validation_failed`: Some fields are not right */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something broke on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: A part this call needs is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    testWebhook: {
        parameters: {
            query?: never;
            header?: {
                /** @description The call is made once in 24 h; repeats are answered alike */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TestWebhook"];
            };
        };
        responses: {
            /** @description What became of it; `pending` when that takes longer than 10 s: follow `GET /v1/deliveries/{id}` */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TestDelivery"];
                };
            };
            /** @description `malformed_json`: The body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No or unknown key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The key lacks the scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency_conflict`: The idempotency key was used with another request */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `body_too_large`: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The content type is not one this call takes */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `validation_failed`: Some fields are not right */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something broke on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: A part this call needs is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getHealth: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Quota and endpoints */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
            /** @description `unauthorized`: No or unknown key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The key lacks the scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something broke on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: A part this call needs is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listJourneys: {
        parameters: {
            query?: {
                /** @description Elements at most */
                limit?: number;
                /** @description `nextCursor` of the answer before; opaque */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Journeys */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JourneyList"];
                };
            };
            /** @description `invalid_cursor`: The cursor is not one we gave */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No or unknown key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The key lacks the scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `validation_failed`: Some fields are not right */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something broke on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: A part this call needs is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createJourney: {
        parameters: {
            query?: never;
            header?: {
                /** @description The call is made once in 24 h; repeats are answered alike */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateJourney"];
            };
        };
        responses: {
            /** @description The journey */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Journey"];
                };
            };
            /** @description `malformed_json`: The body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No or unknown key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The key lacks the scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency_conflict`: The idempotency key was used with another request */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `body_too_large`: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The content type is not one this call takes */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `validation_failed`: Some fields are not right */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something broke on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: A part this call needs is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getJourney: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The journey */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Journey"];
                };
            };
            /** @description `unauthorized`: No or unknown key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The key lacks the scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something broke on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: A part this call needs is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteJourney: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag the change is meant for */
                "If-Match"?: string;
                /** @description The call is made once in 24 h; repeats are answered alike */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deleted */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `malformed_json`: The body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No or unknown key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The key lacks the scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency_conflict`: The idempotency key was used with another request */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `precondition_failed`: The object moved since it was read */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `body_too_large`: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The content type is not one this call takes */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `validation_failed`: Some fields are not right */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something broke on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: A part this call needs is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    patchJourney: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag the change is meant for */
                "If-Match"?: string;
                /** @description The call is made once in 24 h; repeats are answered alike */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["PatchJourney"];
            };
        };
        responses: {
            /** @description The journey as it is now */
            200: {
                headers: {
                    /** @description The version, for `If-Match` */
                    etag: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Journey"];
                };
            };
            /** @description `malformed_json`: The body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No or unknown key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The key lacks the scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency_conflict`: The idempotency key was used with another request */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `precondition_failed`: The object moved since it was read */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `body_too_large`: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The content type is not one this call takes */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `validation_failed`: Some fields are not right */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something broke on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: A part this call needs is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    startJourney: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag the change is meant for */
                "If-Match"?: string;
                /** @description The call is made once in 24 h; repeats are answered alike */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["EmptyBody"];
            };
        };
        responses: {
            /** @description The journey as it is now */
            200: {
                headers: {
                    /** @description The version, for `If-Match` */
                    etag: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Journey"];
                };
            };
            /** @description `malformed_json`: The body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No or unknown key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The key lacks the scope; `plan_upgrade_required`: The plan does not include this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `conflict`: The state does not allow this; `idempotency_conflict`: The idempotency key was used with another request */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `precondition_failed`: The object moved since it was read */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `body_too_large`: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The content type is not one this call takes */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `validation_failed`: Some fields are not right */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something broke on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: A part this call needs is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    pauseJourney: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag the change is meant for */
                "If-Match"?: string;
                /** @description The call is made once in 24 h; repeats are answered alike */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["EmptyBody"];
            };
        };
        responses: {
            /** @description The journey as it is now */
            200: {
                headers: {
                    /** @description The version, for `If-Match` */
                    etag: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Journey"];
                };
            };
            /** @description `malformed_json`: The body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No or unknown key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The key lacks the scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `conflict`: The state does not allow this; `idempotency_conflict`: The idempotency key was used with another request */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `precondition_failed`: The object moved since it was read */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `body_too_large`: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The content type is not one this call takes */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `validation_failed`: Some fields are not right */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something broke on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: A part this call needs is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    resumeJourney: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag the change is meant for */
                "If-Match"?: string;
                /** @description The call is made once in 24 h; repeats are answered alike */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ResumeJourney"];
            };
        };
        responses: {
            /** @description The journey as it is now */
            200: {
                headers: {
                    /** @description The version, for `If-Match` */
                    etag: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Journey"];
                };
            };
            /** @description `malformed_json`: The body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No or unknown key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The key lacks the scope; `plan_upgrade_required`: The plan does not include this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `conflict`: The state does not allow this; `idempotency_conflict`: The idempotency key was used with another request */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `precondition_failed`: The object moved since it was read */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `body_too_large`: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The content type is not one this call takes */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `validation_failed`: Some fields are not right */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something broke on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: A part this call needs is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listJourneyPoints: {
        parameters: {
            query?: {
                /** @description Elements at most */
                limit?: number;
                /** @description `nextCursor` of the answer before; opaque */
                cursor?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Points */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JourneyPointList"];
                };
            };
            /** @description `invalid_cursor`: The cursor is not one we gave */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No or unknown key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The key lacks the scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `validation_failed`: Some fields are not right */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something broke on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: A part this call needs is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createJourneyPoint: {
        parameters: {
            query?: never;
            header?: {
                /** @description The call is made once in 24 h; repeats are answered alike */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateJourneyPoint"];
            };
        };
        responses: {
            /** @description The point and its signing secret, shown this once */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedJourneyPoint"];
                };
            };
            /** @description `malformed_json`: The body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No or unknown key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The key lacks the scope; `plan_upgrade_required`: The plan does not include this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `conflict`: The state does not allow this; `idempotency_conflict`: The idempotency key was used with another request */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `body_too_large`: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The content type is not one this call takes */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `validation_failed`: Some fields are not right */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something broke on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: A part this call needs is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getJourneyPoint: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                pointId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The point */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JourneyPoint"];
                };
            };
            /** @description `unauthorized`: No or unknown key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The key lacks the scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something broke on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: A part this call needs is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteJourneyPoint: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag the change is meant for */
                "If-Match"?: string;
                /** @description The call is made once in 24 h; repeats are answered alike */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
                pointId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deleted */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `malformed_json`: The body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No or unknown key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The key lacks the scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency_conflict`: The idempotency key was used with another request */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `precondition_failed`: The object moved since it was read */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `body_too_large`: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The content type is not one this call takes */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `validation_failed`: Some fields are not right */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something broke on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: A part this call needs is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    patchJourneyPoint: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag the change is meant for */
                "If-Match"?: string;
                /** @description The call is made once in 24 h; repeats are answered alike */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
                pointId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/merge-patch+json": components["schemas"]["PatchJourneyPoint"];
            };
        };
        responses: {
            /** @description The point as it is now, and its new secret where the signature scheme changed */
            200: {
                headers: {
                    /** @description The version, for `If-Match` */
                    etag: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedJourneyPoint"];
                };
            };
            /** @description `malformed_json`: The body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No or unknown key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The key lacks the scope; `plan_upgrade_required`: The plan does not include this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `conflict`: The state does not allow this; `idempotency_conflict`: The idempotency key was used with another request */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `precondition_failed`: The object moved since it was read */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `body_too_large`: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The content type is not one this call takes */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `validation_failed`: Some fields are not right */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something broke on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: A part this call needs is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createArrival: {
        parameters: {
            query?: never;
            header?: {
                /** @description The call is made once in 24 h; repeats are answered alike */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
                pointId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateArrival"];
            };
        };
        responses: {
            /** @description It stands in line. Without an `id` or an `Idempotency-Key`, a repeated call is another arrival */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ArrivalAccepted"];
                };
            };
            /** @description `malformed_json`: The body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No or unknown key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The key lacks the scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `journey_not_active`: The journey is not active; `idempotency_conflict`: The idempotency key was used with another request */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `event_too_large`: The event is larger than 256 KiB; `body_too_large`: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The content type is not one this call takes */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `validation_failed`: Some fields are not right */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something broke on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: A part this call needs is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listAudiences: {
        parameters: {
            query?: {
                /** @description Elements at most */
                limit?: number;
                /** @description `nextCursor` of the answer before; opaque */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Audiences */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AudienceList"];
                };
            };
            /** @description `invalid_cursor`: The cursor is not one we gave */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No or unknown key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The key lacks the scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `validation_failed`: Some fields are not right */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something broke on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: A part this call needs is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createAudience: {
        parameters: {
            query?: never;
            header?: {
                /** @description The call is made once in 24 h; repeats are answered alike */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateAudience"];
            };
        };
        responses: {
            /** @description The audience */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Audience"];
                };
            };
            /** @description `malformed_json`: The body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No or unknown key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The key lacks the scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency_conflict`: The idempotency key was used with another request */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `body_too_large`: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The content type is not one this call takes */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `validation_failed`: Some fields are not right */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something broke on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: A part this call needs is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getAudience: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The audience */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Audience"];
                };
            };
            /** @description `unauthorized`: No or unknown key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The key lacks the scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something broke on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: A part this call needs is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteAudience: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag the change is meant for */
                "If-Match"?: string;
                /** @description The call is made once in 24 h; repeats are answered alike */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deleted; what it has is taken away in the background */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `malformed_json`: The body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No or unknown key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The key lacks the scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `conflict`: The state does not allow this; `idempotency_conflict`: The idempotency key was used with another request */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `precondition_failed`: The object moved since it was read */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `body_too_large`: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The content type is not one this call takes */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `validation_failed`: Some fields are not right */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something broke on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: A part this call needs is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    patchAudience: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag the change is meant for */
                "If-Match"?: string;
                /** @description The call is made once in 24 h; repeats are answered alike */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["PatchAudience"];
            };
        };
        responses: {
            /** @description The audience as it is now */
            200: {
                headers: {
                    /** @description The version, for `If-Match` */
                    etag: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Audience"];
                };
            };
            /** @description `malformed_json`: The body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No or unknown key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The key lacks the scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency_conflict`: The idempotency key was used with another request */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `precondition_failed`: The object moved since it was read */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `body_too_large`: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The content type is not one this call takes */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `validation_failed`: Some fields are not right */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something broke on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: A part this call needs is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listSegments: {
        parameters: {
            query?: {
                /** @description Elements at most */
                limit?: number;
                /** @description `nextCursor` of the answer before; opaque */
                cursor?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Segments */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SegmentList"];
                };
            };
            /** @description `invalid_cursor`: The cursor is not one we gave */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No or unknown key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The key lacks the scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `validation_failed`: Some fields are not right */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something broke on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: A part this call needs is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createSegment: {
        parameters: {
            query?: never;
            header?: {
                /** @description The call is made once in 24 h; repeats are answered alike */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateSegment"];
            };
        };
        responses: {
            /** @description The segment */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Segment"];
                };
            };
            /** @description `malformed_json`: The body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No or unknown key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The key lacks the scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency_conflict`: The idempotency key was used with another request */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `body_too_large`: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The content type is not one this call takes */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `validation_failed`: Some fields are not right */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something broke on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: A part this call needs is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    previewSegment: {
        parameters: {
            query?: never;
            header?: {
                /** @description The call is made once in 24 h; repeats are answered alike */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PreviewSegment"];
            };
        };
        responses: {
            /** @description How many, and some of them */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SegmentCount"];
                };
            };
            /** @description `malformed_json`: The body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No or unknown key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The key lacks the scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency_conflict`: The idempotency key was used with another request */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `body_too_large`: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The content type is not one this call takes */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `validation_failed`: Some fields are not right */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something broke on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: A part this call needs is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSegment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                segmentId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The segment */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Segment"];
                };
            };
            /** @description `unauthorized`: No or unknown key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The key lacks the scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something broke on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: A part this call needs is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteSegment: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag the change is meant for */
                "If-Match"?: string;
                /** @description The call is made once in 24 h; repeats are answered alike */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
                segmentId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deleted */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `malformed_json`: The body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No or unknown key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The key lacks the scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `conflict`: The state does not allow this; `idempotency_conflict`: The idempotency key was used with another request */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `precondition_failed`: The object moved since it was read */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `body_too_large`: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The content type is not one this call takes */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `validation_failed`: Some fields are not right */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something broke on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: A part this call needs is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    patchSegment: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag the change is meant for */
                "If-Match"?: string;
                /** @description The call is made once in 24 h; repeats are answered alike */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
                segmentId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["PatchSegment"];
            };
        };
        responses: {
            /** @description The segment as it is now */
            200: {
                headers: {
                    /** @description The version, for `If-Match` */
                    etag: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Segment"];
                };
            };
            /** @description `malformed_json`: The body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No or unknown key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The key lacks the scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency_conflict`: The idempotency key was used with another request */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `precondition_failed`: The object moved since it was read */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `body_too_large`: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The content type is not one this call takes */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `validation_failed`: Some fields are not right */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something broke on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: A part this call needs is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    countSegment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                segmentId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description How many, and some of them */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SegmentCount"];
                };
            };
            /** @description `unauthorized`: No or unknown key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The key lacks the scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something broke on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: A part this call needs is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listTags: {
        parameters: {
            query?: {
                /** @description Elements at most */
                limit?: number;
                /** @description `nextCursor` of the answer before; opaque */
                cursor?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Tags */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TagList"];
                };
            };
            /** @description `invalid_cursor`: The cursor is not one we gave */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No or unknown key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The key lacks the scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `validation_failed`: Some fields are not right */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something broke on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: A part this call needs is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createTag: {
        parameters: {
            query?: never;
            header?: {
                /** @description The call is made once in 24 h; repeats are answered alike */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateTag"];
            };
        };
        responses: {
            /** @description The tag */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Tag"];
                };
            };
            /** @description `malformed_json`: The body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No or unknown key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The key lacks the scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `conflict`: The state does not allow this; `idempotency_conflict`: The idempotency key was used with another request */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `body_too_large`: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The content type is not one this call takes */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `validation_failed`: Some fields are not right */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something broke on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: A part this call needs is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getTag: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The tag */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Tag"];
                };
            };
            /** @description `unauthorized`: No or unknown key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The key lacks the scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something broke on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: A part this call needs is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteTag: {
        parameters: {
            query?: {
                /** @description Source of the events that tell of it: `admin` where a person of the workspace does it */
                source?: "api" | "admin";
            };
            header?: {
                /** @description The call is made once in 24 h; repeats are answered alike */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deleted; its name is free once no contact has it */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `malformed_json`: The body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No or unknown key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The key lacks the scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `conflict`: The state does not allow this; `idempotency_conflict`: The idempotency key was used with another request */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `body_too_large`: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The content type is not one this call takes */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `validation_failed`: Some fields are not right */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something broke on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: A part this call needs is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listContacts: {
        parameters: {
            query?: {
                /** @description Elements at most */
                limit?: number;
                /** @description `nextCursor` of the answer before; opaque */
                cursor?: string;
                /** @description However it is spelled */
                email?: string;
                tag?: string;
                status?: "subscribed" | "unsubscribed";
                /** @description Of one thousand contacts looked through, those that match: pages may be short, even empty */
                segmentId?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Contacts */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactList"];
                };
            };
            /** @description `invalid_cursor`: The cursor is not one we gave */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No or unknown key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The key lacks the scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `validation_failed`: Some fields are not right */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something broke on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: A part this call needs is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createContact: {
        parameters: {
            query?: {
                /** @description Source of the events that tell of it: `admin` where a person of the workspace does it */
                source?: "api" | "admin";
            };
            header?: {
                /** @description The call is made once in 24 h; repeats are answered alike */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateContact"];
            };
        };
        responses: {
            /** @description The contact */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Contact"];
                };
            };
            /** @description `malformed_json`: The body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No or unknown key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The key lacks the scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `conflict`: The state does not allow this; `idempotency_conflict`: The idempotency key was used with another request */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `body_too_large`: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The content type is not one this call takes */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `validation_failed`: Some fields are not right */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something broke on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: A part this call needs is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getContact: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                contactId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The contact */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Contact"];
                };
            };
            /** @description `unauthorized`: No or unknown key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The key lacks the scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something broke on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: A part this call needs is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteContact: {
        parameters: {
            query?: {
                /** @description Source of the events that tell of it: `admin` where a person of the workspace does it */
                source?: "api" | "admin";
            };
            header?: {
                /** @description The ETag the change is meant for */
                "If-Match"?: string;
                /** @description The call is made once in 24 h; repeats are answered alike */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
                contactId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deleted */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `malformed_json`: The body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No or unknown key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The key lacks the scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency_conflict`: The idempotency key was used with another request */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `precondition_failed`: The object moved since it was read */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `body_too_large`: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The content type is not one this call takes */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `validation_failed`: Some fields are not right */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something broke on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: A part this call needs is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    patchContact: {
        parameters: {
            query?: {
                /** @description Source of the events that tell of it: `admin` where a person of the workspace does it */
                source?: "api" | "admin";
            };
            header?: {
                /** @description The ETag the change is meant for */
                "If-Match"?: string;
                /** @description The call is made once in 24 h; repeats are answered alike */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
                contactId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["PatchContact"];
            };
        };
        responses: {
            /** @description The contact as it is now */
            200: {
                headers: {
                    /** @description The version, for `If-Match` */
                    etag: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Contact"];
                };
            };
            /** @description `malformed_json`: The body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No or unknown key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The key lacks the scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `conflict`: The state does not allow this; `idempotency_conflict`: The idempotency key was used with another request */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `precondition_failed`: The object moved since it was read */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `body_too_large`: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The content type is not one this call takes */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `validation_failed`: Some fields are not right */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something broke on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: A part this call needs is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getCampaignCalendar: {
        parameters: {
            query: {
                limit?: number;
                /** @description `nextCursor` of the answer before; opaque */
                cursor?: string;
                /** @description First day, in the workspace's time zone */
                from: string;
                /** @description Last day; at most 92 days together */
                to: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Days that have touchpoints */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Calendar"];
                };
            };
            /** @description `invalid_cursor`: The cursor is not one we gave */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No or unknown key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The key lacks the scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `validation_failed`: Some fields are not right */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something broke on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: A part this call needs is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listCampaigns: {
        parameters: {
            query?: {
                /** @description Elements at most */
                limit?: number;
                /** @description `nextCursor` of the answer before; opaque */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Campaigns */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CampaignList"];
                };
            };
            /** @description `invalid_cursor`: The cursor is not one we gave */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No or unknown key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The key lacks the scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `validation_failed`: Some fields are not right */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something broke on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: A part this call needs is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createCampaign: {
        parameters: {
            query?: never;
            header?: {
                /** @description The call is made once in 24 h; repeats are answered alike */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateCampaign"];
            };
        };
        responses: {
            /** @description The campaign */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Campaign"];
                };
            };
            /** @description `malformed_json`: The body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No or unknown key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The key lacks the scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency_conflict`: The idempotency key was used with another request */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `body_too_large`: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The content type is not one this call takes */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `validation_failed`: Some fields are not right */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something broke on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: A part this call needs is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getCampaign: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The campaign */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Campaign"];
                };
            };
            /** @description `unauthorized`: No or unknown key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The key lacks the scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something broke on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: A part this call needs is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteCampaign: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag the change is meant for */
                "If-Match"?: string;
                /** @description The call is made once in 24 h; repeats are answered alike */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deleted */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `malformed_json`: The body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No or unknown key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The key lacks the scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `conflict`: The state does not allow this; `idempotency_conflict`: The idempotency key was used with another request */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `precondition_failed`: The object moved since it was read */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `body_too_large`: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The content type is not one this call takes */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `validation_failed`: Some fields are not right */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something broke on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: A part this call needs is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    patchCampaign: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag the change is meant for */
                "If-Match"?: string;
                /** @description The call is made once in 24 h; repeats are answered alike */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["PatchCampaign"];
            };
        };
        responses: {
            /** @description The campaign as it is now */
            200: {
                headers: {
                    /** @description The version, for `If-Match` */
                    etag: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Campaign"];
                };
            };
            /** @description `malformed_json`: The body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No or unknown key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The key lacks the scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency_conflict`: The idempotency key was used with another request */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `precondition_failed`: The object moved since it was read */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `body_too_large`: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The content type is not one this call takes */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `validation_failed`: Some fields are not right */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something broke on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: A part this call needs is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listTouchpoints: {
        parameters: {
            query?: {
                /** @description Elements at most */
                limit?: number;
                /** @description `nextCursor` of the answer before; opaque */
                cursor?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Touchpoints */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TouchpointList"];
                };
            };
            /** @description `invalid_cursor`: The cursor is not one we gave */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No or unknown key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The key lacks the scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `validation_failed`: Some fields are not right */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something broke on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: A part this call needs is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createTouchpoint: {
        parameters: {
            query?: never;
            header?: {
                /** @description The call is made once in 24 h; repeats are answered alike */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateTouchpoint"];
            };
        };
        responses: {
            /** @description The touchpoint and its signing secret, shown this once */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedTouchpoint"];
                };
            };
            /** @description `malformed_json`: The body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No or unknown key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The key lacks the scope; `plan_upgrade_required`: The plan does not include this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `conflict`: The state does not allow this; `idempotency_conflict`: The idempotency key was used with another request */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `body_too_large`: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The content type is not one this call takes */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `validation_failed`: Some fields are not right */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something broke on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: A part this call needs is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getTouchpoint: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                touchpointId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The touchpoint */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Touchpoint"];
                };
            };
            /** @description `unauthorized`: No or unknown key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The key lacks the scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something broke on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: A part this call needs is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteTouchpoint: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag the change is meant for */
                "If-Match"?: string;
                /** @description The call is made once in 24 h; repeats are answered alike */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
                touchpointId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deleted */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `malformed_json`: The body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No or unknown key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The key lacks the scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency_conflict`: The idempotency key was used with another request */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `precondition_failed`: The object moved since it was read */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `body_too_large`: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The content type is not one this call takes */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `validation_failed`: Some fields are not right */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something broke on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: A part this call needs is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    patchTouchpoint: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag the change is meant for */
                "If-Match"?: string;
                /** @description The call is made once in 24 h; repeats are answered alike */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
                touchpointId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/merge-patch+json": components["schemas"]["PatchTouchpoint"];
            };
        };
        responses: {
            /** @description The touchpoint as it is now, and its new secret where the signature scheme changed */
            200: {
                headers: {
                    /** @description The version, for `If-Match` */
                    etag: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedTouchpoint"];
                };
            };
            /** @description `malformed_json`: The body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No or unknown key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The key lacks the scope; `plan_upgrade_required`: The plan does not include this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `conflict`: The state does not allow this; `idempotency_conflict`: The idempotency key was used with another request */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `precondition_failed`: The object moved since it was read */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `body_too_large`: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The content type is not one this call takes */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `validation_failed`: Some fields are not right */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something broke on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: A part this call needs is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    scheduleTouchpoint: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag the change is meant for */
                "If-Match"?: string;
                /** @description The call is made once in 24 h; repeats are answered alike */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
                touchpointId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["EmptyBody"];
            };
        };
        responses: {
            /** @description The touchpoint as it is now */
            200: {
                headers: {
                    /** @description The version, for `If-Match` */
                    etag: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Touchpoint"];
                };
            };
            /** @description `malformed_json`: The body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No or unknown key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The key lacks the scope; `plan_upgrade_required`: The plan does not include this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `conflict`: The state does not allow this; `idempotency_conflict`: The idempotency key was used with another request */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `precondition_failed`: The object moved since it was read */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `body_too_large`: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The content type is not one this call takes */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `validation_failed`: Some fields are not right */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something broke on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: A part this call needs is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    cancelTouchpoint: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag the change is meant for */
                "If-Match"?: string;
                /** @description The call is made once in 24 h; repeats are answered alike */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
                touchpointId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["EmptyBody"];
            };
        };
        responses: {
            /** @description The touchpoint as it is now */
            200: {
                headers: {
                    /** @description The version, for `If-Match` */
                    etag: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Touchpoint"];
                };
            };
            /** @description `malformed_json`: The body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No or unknown key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The key lacks the scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `conflict`: The state does not allow this; `idempotency_conflict`: The idempotency key was used with another request */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `precondition_failed`: The object moved since it was read */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `body_too_large`: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The content type is not one this call takes */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `validation_failed`: Some fields are not right */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something broke on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: A part this call needs is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listPlans: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Plans */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlanList"];
                };
            };
            /** @description `unauthorized`: No or unknown key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The key lacks the scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something broke on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: A part this call needs is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createPlan: {
        parameters: {
            query?: never;
            header?: {
                /** @description The call is made once in 24 h; repeats are answered alike */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreatePlan"];
            };
        };
        responses: {
            /** @description The plan */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Plan"];
                };
            };
            /** @description `malformed_json`: The body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No or unknown key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The key lacks the scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `conflict`: The state does not allow this; `idempotency_conflict`: The idempotency key was used with another request */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `body_too_large`: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The content type is not one this call takes */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `validation_failed`: Some fields are not right */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something broke on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: A part this call needs is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getPlan: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The plan */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Plan"];
                };
            };
            /** @description `unauthorized`: No or unknown key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The key lacks the scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something broke on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: A part this call needs is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deletePlan: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag the change is meant for */
                "If-Match"?: string;
                /** @description The call is made once in 24 h; repeats are answered alike */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deleted */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `malformed_json`: The body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No or unknown key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The key lacks the scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `conflict`: The state does not allow this; `idempotency_conflict`: The idempotency key was used with another request */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `precondition_failed`: The object moved since it was read */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `body_too_large`: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The content type is not one this call takes */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `validation_failed`: Some fields are not right */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something broke on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: A part this call needs is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    patchPlan: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag the change is meant for */
                "If-Match"?: string;
                /** @description The call is made once in 24 h; repeats are answered alike */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/merge-patch+json": components["schemas"]["PatchPlan"];
            };
        };
        responses: {
            /** @description The plan as it is now */
            200: {
                headers: {
                    /** @description The version, for `If-Match` */
                    etag: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Plan"];
                };
            };
            /** @description `malformed_json`: The body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No or unknown key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The key lacks the scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `conflict`: The state does not allow this; `idempotency_conflict`: The idempotency key was used with another request */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `precondition_failed`: The object moved since it was read */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `body_too_large`: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The content type is not one this call takes */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `validation_failed`: Some fields are not right */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something broke on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: A part this call needs is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    installPlanFamily: {
        parameters: {
            query?: never;
            header?: {
                /** @description The call is made once in 24 h; repeats are answered alike */
                "Idempotency-Key"?: string;
            };
            path: {
                family: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["InstallPlanFamily"];
            };
        };
        responses: {
            /** @description What was added, and the family */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlanFamilyInstalled"];
                };
            };
            /** @description `malformed_json`: The body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No or unknown key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The key lacks the scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency_conflict`: The idempotency key was used with another request */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `body_too_large`: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The content type is not one this call takes */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `validation_failed`: Some fields are not right */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something broke on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: A part this call needs is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listContactImports: {
        parameters: {
            query?: {
                /** @description Elements at most */
                limit?: number;
                /** @description `nextCursor` of the answer before; opaque */
                cursor?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of imports */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactImportList"];
                };
            };
            /** @description `invalid_cursor`: The cursor is not one we gave */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No or unknown key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The key lacks the scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `validation_failed`: Some fields are not right */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something broke on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: A part this call needs is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    importContacts: {
        parameters: {
            query?: {
                /** @description Change contacts the audience has; `false`: leave them as they are */
                update?: "true" | "false";
                /** @description Tags every contact gets, separated by commas */
                tags?: string;
            };
            header?: {
                /** @description The call is made once in 24 h; repeats are answered alike */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ImportedContact"][];
                "application/x-ndjson": components["schemas"]["ContactImportNdjson"];
                "text/csv": components["schemas"]["ContactImportCsv"];
            };
        };
        responses: {
            /** @description The job that writes them */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactImportJob"];
                };
            };
            /** @description `malformed_json`: The body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No or unknown key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The key lacks the scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `conflict`: The state does not allow this; `idempotency_conflict`: The idempotency key was used with another request */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `body_too_large`: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The content type is not one this call takes */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `validation_failed`: Some fields are not right */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something broke on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: A part this call needs is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listContactImportErrors: {
        parameters: {
            query?: {
                /** @description Elements at most */
                limit?: number;
                /** @description `nextCursor` of the answer before; opaque */
                cursor?: string;
            };
            header?: never;
            path: {
                id: string;
                job: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of errors */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactImportErrorList"];
                };
            };
            /** @description `invalid_cursor`: The cursor is not one we gave */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No or unknown key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The key lacks the scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `validation_failed`: Some fields are not right */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something broke on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: A part this call needs is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    stream: {
        parameters: {
            query?: {
                /** @description Events `delivery` and `webhook` */
                webhookId?: string;
                /** @description Events `delivery` */
                eventId?: string;
                /** @description Events `delivery` */
                eventType?: string;
                /** @description Events `delivery`: the state it came into */
                status?: "pending" | "retrying" | "delivered" | "dead_letter" | "skipped" | "cancelled";
            };
            header?: {
                /** @description `id` of the last event that came: what happened since is told first */
                "Last-Event-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Events without an end. The schema is that of each: `event` and `id` are its fields, and `data` is JSON in its field `data`. With `Last-Event-ID` exactly what was missed comes first, for an hour; later, or when that cannot be told, an event `reset`. A client that does not read is cut, and comes again */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": components["schemas"]["StreamEvent"];
                };
            };
            /** @description `unauthorized`: No or unknown key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The key lacks the scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `validation_failed`: Some fields are not right */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something broke on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: A part this call needs is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
