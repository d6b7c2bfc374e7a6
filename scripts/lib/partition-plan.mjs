import { UserError } from "./user-error.mjs";

/** The topics whose partitions may be added, by the option that names them: their order does not hang on the number. */
const PLACED = { "--deliveries": "deliveries", "--events": "events" };

/** Partitions cannot be taken away again, and every dispatcher is assigned all of them. */
const PARTITIONS_MAX = 1_024;

/** What the command line asks for: how many partitions each topic is to have, and whether it is only a trial. */
export function readAddOptions(args) {
  const wanted = {};
  let isDryRun = false;
  for (let index = 0; index < args.length; index++) {
    const [option, inline] = args[index].split(/=(.*)/s);
    if (option === "--dry-run" && inline === undefined) {
      isDryRun = true;
      continue;
    }
    const topic = PLACED[option];
    if (topic === undefined) {
      throw new UserError(`${option} is not one of ${[...Object.keys(PLACED), "--dry-run"].join(", ")}`);
    }
    if (wanted[topic] !== undefined) throw new UserError(`${option} is given twice`);
    wanted[topic] = readCount(option, inline ?? args[++index]);
  }
  if (Object.keys(wanted).length === 0) {
    throw new UserError("say how many partitions there are to be: --deliveries 24, --events 12, or both");
  }
  return { wanted, isDryRun };
}

function readCount(option, text) {
  const count = /^[0-9]+$/.test(text ?? "") ? Number(text) : 0;
  if (count >= 1 && count <= PARTITIONS_MAX) return count;
  throw new UserError(
    `${option} must be a whole number from 1 to ${PARTITIONS_MAX}; it is ${JSON.stringify(text)}`,
  );
}

/**
 * What there is to do for one topic, from what is found: nothing of it has been done, or any first part, by a run that was
 * cut off. Fails with one line when it must not be done.
 *
 * @param {{ topic: string, partitions: number } | undefined} standing of the topic
 * @param {{ documents?: number, places: number }} stored partitions with a lease document (deliveries only), and with a place
 */
export function planTopic(name, wanted, standing, stored) {
  if (standing === undefined) {
    throw new UserError(
      `there is no topic for ${name}: npm start or the image "prepare" creates the topics; is HOOKLANE_TOPIC_PREFIX right?`,
    );
  }
  const { topic, partitions } = standing;
  if (wanted < partitions) {
    throw new UserError(
      `${topic} has ${partitions} partitions, and Kafka cannot take any away: ask for ${partitions} or more`,
    );
  }
  const known = Math.max(stored.places, stored.documents ?? 0);
  if (wanted < known) {
    throw new UserError(
      `the database knows ${known} partitions of ${topic}, which has ${partitions}: it was made anew with fewer. ` +
        `Ask for ${known} or more, so that what is placed there can be delivered`,
    );
  }
  return {
    name,
    topic,
    from: partitions,
    to: wanted,
    addsPartitions: wanted > partitions,
    addsDocuments: stored.documents !== undefined && stored.documents < wanted,
    addsPlaces: stored.places < wanted,
  };
}

/** One line a topic: what is done, or would be. */
export function describePlan({ topic, from, to, addsPartitions, addsDocuments, addsPlaces }, stored) {
  const steps = [];
  if (addsPartitions) steps.push(`partitions ${from} → ${to}`);
  if (addsDocuments) steps.push(`documents for dispatchers ${stored.documents} → ${to}`);
  if (addsPlaces) steps.push(`places for what is new ${stored.places} → ${to}`);
  return steps.length === 0 ? `${topic}: all ${to} partitions are there` : `${topic}: ${steps.join(", ")}`;
}
