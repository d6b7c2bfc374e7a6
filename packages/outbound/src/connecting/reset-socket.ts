import type { Socket } from "node:net";

/**
 * Cuts a TCP connection by a reset: the system drops what it has not sent yet. An ordinary close would leave it to the
 * kernel to send the rest, after this process was frozen or has lost its lease (lanes.md §4).
 *
 * @param socket of TCP itself; TLS runs over one and has no reset of its own
 */
export function resetSocket(socket: Socket): void {
  // Nothing was sent before it is connected, and Node would wait until then. One that is half-closed cannot be reset:
  // the receiver has closed its side, and what it did not read is lost.
  if (socket.connecting || socket.writableEnded) socket.destroy();
  else if (!socket.destroyed) socket.resetAndDestroy();
}
