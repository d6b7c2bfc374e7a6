/** What a run is bounded by, and how one is made again. */
export interface ContractOptions {
  readonly seed: number;
  /** Requests to each call at most. */
  readonly runs: number;
  /** For all calls together, milliseconds. */
  readonly timeMs: number;
  /** Calls that are made, by their operationIds; undefined: all. */
  readonly operations: ReadonlySet<string> | undefined;
  /** Leads fast-check straight to one request; printed with a finding. */
  readonly path: string | undefined;
  /** Every call has to have succeeded once. */
  readonly isThorough: boolean;
}

const QUICK = { runs: 12, timeMs: 20_000, seed: 1 };
const THOROUGH = { runs: 150, timeMs: 150_000 };

/** From the variables `npm run test:api-contract` sets; without them the quick run of `npm test`. */
export function readContractOptions(
  env: Readonly<Record<string, string | undefined>>,
  nowMs: number,
): ContractOptions {
  const { API_CONTRACT_SEED: seed, API_CONTRACT_RUNS: runs } = env;
  const { API_CONTRACT_OPERATION: operations, API_CONTRACT_PATH: path, API_CONTRACT_SECONDS: seconds } = env;
  const isThorough = env.API_CONTRACT === "thorough";
  const defaults = isThorough ? { ...THOROUGH, seed: nowMs % 1_000_000 } : QUICK;
  return {
    seed: seed === undefined ? defaults.seed : Number(seed),
    runs: runs === undefined ? defaults.runs : Number(runs),
    timeMs: seconds === undefined ? defaults.timeMs : Number(seconds) * 1_000,
    operations: operations === undefined ? undefined : new Set(operations.split(",")),
    path,
    isThorough: isThorough && operations === undefined && runs === undefined,
  };
}
