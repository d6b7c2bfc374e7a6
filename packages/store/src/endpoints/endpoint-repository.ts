import type { EndpointId, WorkspaceId } from "@hooklane/core";
import { modelOf } from "../model-options.js";
import { PartitionLoads } from "../partition-loads/partition-loads.js";
import type { Store } from "../store.js";
import type { Session } from "../transaction.js";
import { type EndpointDocument, ENDPOINTS, endpointSchema } from "./endpoint.js";

/** The line a webhook is to stand on. */
export interface EndpointPlace {
  /** Normalised (product.md D14). */
  readonly url: string;
  /** Id to give when the endpoint has to be made. */
  readonly newId: EndpointId;
}

/** Endpoints are made with the first webhook of their URL and never deleted: they own a line. */
export class EndpointRepository {
  readonly #store: Store;
  readonly #loads: PartitionLoads;

  constructor(store: Store) {
    this.#store = store;
    this.#loads = new PartitionLoads(store);
  }

  async find(id: EndpointId, session?: Session): Promise<EndpointDocument | undefined> {
    return (await this.#model().findById(id, null, options(session)).lean<EndpointDocument>()) ?? undefined;
  }

  async findByUrl(
    workspaceId: WorkspaceId,
    url: string,
    session?: Session,
  ): Promise<EndpointDocument | undefined> {
    const found = await this.#model()
      .findOne({ workspaceId, url }, null, options(session))
      .lean<EndpointDocument>();
    return found ?? undefined;
  }

  async findMany(ids: readonly EndpointId[]): Promise<EndpointDocument[]> {
    return this.#model()
      .find({ _id: { $in: ids } })
      .sort({ _id: 1 })
      .lean<EndpointDocument[]>();
  }

  /**
   * Takes a place on the line of a URL for a webhook, and makes the endpoint when there is none. Within the webhook's
   * transaction: it writes to the endpoint, so a change of its URL at the same time makes one of the two start again.
   *
   * @throws a duplicate key when another made the endpoint meanwhile: start the transaction again
   */
  async attach(
    workspaceId: WorkspaceId,
    place: EndpointPlace,
    at: Date,
    session: Session,
  ): Promise<EndpointId> {
    const attached = await this.#model()
      .findOneAndUpdate(
        { workspaceId, url: place.url },
        { $inc: { version: 1 } },
        { session, returnDocument: "after" },
      )
      .lean<EndpointDocument>();
    if (attached) return attached._id;
    const made: EndpointDocument = {
      _id: place.newId,
      workspaceId,
      url: place.url,
      partition: await this.#loads.take("deliveries.v1"),
      version: 1,
      createdAt: at,
    };
    await this.#model().insertOne(made, { session });
    return made._id;
  }

  /**
   * Changes the URL in place: id, partition and line stay (lanes.md §11).
   *
   * @throws a duplicate key when another endpoint has that URL: start the transaction again
   */
  async changeUrl(id: EndpointId, url: string, session: Session): Promise<void> {
    await this.#model().updateOne({ _id: id }, { $set: { url }, $inc: { version: 1 } }, { session });
  }

  #model() {
    return modelOf(this.#store, ENDPOINTS, endpointSchema);
  }
}

const options = (session: Session | undefined) => (session ? { session } : {});
