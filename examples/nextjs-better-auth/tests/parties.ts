/** The two parties a browser talks to, as real HTTP servers whose answers a test chooses; and a browser's locks. */

import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

interface Answer { status: number; body?: unknown; headers?: Record<string, string>; after?: Promise<unknown> }

export interface Party {
  url: string;
  /** What was asked, in order: the credential each request came with. */
  asked: string[];
  /** The same requests, as they came. */
  received: IncomingMessage[];
  answer: (credential: string) => Answer;
  close: () => Promise<void>;
}

export async function party(answer: Party["answer"]): Promise<Party> {
  const server = createServer((request, response) => void reply(request, response));
  const self: Party = { url: "", asked: [], received: [], answer, close: () => new Promise((resolve) => server.close(() => { resolve(); })) };
  async function reply(request: IncomingMessage, response: ServerResponse) {
    const credential = request.headers.authorization ?? "";
    self.asked.push(credential);
    self.received.push(request);
    const { status, body, headers, after } = self.answer(credential);
    await after;
    response.writeHead(status, { "Content-Type": "application/json", Connection: "close", ...headers }).end(JSON.stringify(body ?? {}));
  }
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  self.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return self;
}

/** Exclusive locks, as the Web Locks API grants them; Node has none of its own. */
export function locks(): Pick<LockManager, "request"> {
  let tail = Promise.resolve();
  let held = 0;
  async function request(_: string, second: unknown, third?: unknown): Promise<unknown> {
    const callback = (third ?? second) as (lock: object | null) => unknown;
    if ((second as LockOptions).ifAvailable && held > 0) return callback(null);
    held += 1;
    const turn = tail;
    let release: () => void = () => undefined;
    tail = new Promise((resolve) => (release = resolve));
    await turn;
    try {
      return await callback({});
    } finally {
      held -= 1;
      release();
    }
  }
  return { request: request };
}
