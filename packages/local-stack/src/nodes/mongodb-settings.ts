/** Where the official image keeps data. */
export const MONGODB_DATA_PATH = "/data/db";

/** Arguments of `mongod` that are the same for a program and for a container. */
export function toMongodArguments(port: number): string[] {
  return [
    ...["--replSet", "rs0", "--port", String(port)],
    ...["--wiredTigerCacheSizeGB", "0.5", "--oplogSize", "1024"],
    // A socket file in the system's temporary folder would outlive a kill.
    "--nounixsocket",
    // There is no other member that could take over: a stop need not wait for one (default 15 s).
    ...["--setParameter", "shutdownTimeoutMillisForSignaledShutdown=100"],
    ...["--setParameter", "diagnosticDataCollectionEnabled=false"],
    // What a process that was killed had begun keeps its locks so long (default 60 s); no transaction of ours takes 10 s.
    ...["--setParameter", "transactionLifetimeLimitSeconds=15"],
  ];
}
