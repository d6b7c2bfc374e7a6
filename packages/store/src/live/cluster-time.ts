import { mongo } from "mongoose";

declare const brand: unique symbol;

/** A moment of the replica set's own clock: 16 hex digits, so that texts compare as moments do. */
export type ClusterTime = string & { readonly [brand]: "ClusterTime" };

const FORM = /^[0-9a-f]{16}$/;

/** @returns undefined for what is none */
export const parseClusterTime = (text: string): ClusterTime | undefined =>
  FORM.test(text) ? (text as ClusterTime) : undefined;

/** Seconds since 1970, which is how exact it is as a time of day. */
export const toSeconds = (time: ClusterTime): number => Number.parseInt(time.slice(0, 8), 16);

export const fromTimestamp = (timestamp: mongo.Timestamp): ClusterTime =>
  timestamp.toBigInt().toString(16).padStart(16, "0") as ClusterTime;

export const toTimestamp = (time: ClusterTime): mongo.Timestamp => new mongo.Timestamp(BigInt(`0x${time}`));

/** Resume tokens begin with the type of their first value, a timestamp, and that timestamp (MongoDB 4.2 and later). */
const TOKEN_TIME = /^82([0-9A-F]{16})/i;

/** The moment a change stream's token stands for. @returns undefined when tokens are of another form one day */
export function timeOfToken(token: string): ClusterTime | undefined {
  const digits = TOKEN_TIME.exec(token)?.[1];
  return digits === undefined ? undefined : parseClusterTime(digits.toLowerCase());
}
