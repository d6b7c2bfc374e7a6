/** Size of the value of every event on its way in, bytes (benchmarks.md). */
const EVENT_BYTES = 1_024;

/** The event type every endpoint of the load tests subscribes to. */
export const LOAD_EVENT_TYPE = "email.link_clicked";

const CONTACT =
  '{"id":"c_81","email":"lea@example.org","name":"Lea Roux","list":{"id":"l_7","name":"Printemps"}}';
const MESSAGE = '{"id":"m_30","kind":"newsletter","name":"avril","subject":"Nos ateliers"}';
const LINK = '{"id":"k_2","url":"https://example.org/ateliers","name":"Inscription"}';
const PADDING = "x".repeat(EVENT_BYTES);

/**
 * A catalogue event of exactly 1,024 bytes of JSON (ASCII) with its endpoint's number, its number within the endpoint
 * and the sending time.
 *
 * @param run makes the id differ from those of other runs
 */
export function toEventJson(run: string, endpoint: number, sequence: number, sentAt: number): string {
  const head =
    `{"id":"evt_${run}_${endpoint}_${sequence}","type":"${LOAD_EVENT_TYPE}","timestamp":"2026-01-15T10:00:00Z",` +
    `"source":"subscriber","data":{"endpoint":${endpoint},"seq":${sequence},"sentAt":${Math.round(sentAt)},` +
    `"contact":${CONTACT},"message":${MESSAGE},"link":${LINK},"padding":"`;
  return `${head}${PADDING.slice(head.length + 3)}"}}`;
}
