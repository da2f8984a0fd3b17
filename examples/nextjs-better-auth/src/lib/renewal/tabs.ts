/** What the tabs of one browser tell each other: a renewed token, the end of the session. Nothing is stored. */

export interface Renewed {
  value: string;
  lifetimeMilliseconds: number;
}

type Message = { kind: "token"; token: Renewed } | { kind: "end" };

type Channel = Pick<BroadcastChannel, "addEventListener" | "postMessage" | "close">;
type Locks = Pick<LockManager, "request">;

const NAME = "access-token";
/** A lock and a message travel by different ways; one may overtake the other by this much. */
const MESSAGE_MILLISECONDS = 150;

export class Tabs {
  onToken: (token: Renewed) => void = () => undefined;
  onEnd: () => void = () => undefined;
  readonly #channel: Channel | null;
  readonly #locks: Locks | null;
  #heard: () => void = () => undefined;

  /** Without arguments, the browser's own; where it has none, each tab renews for itself. */
  constructor(channel: Channel | null = ownChannel(), locks: Locks | null = ownLocks()) {
    this.#channel = channel;
    this.#locks = locks;
    channel?.addEventListener("message", ({ data }: MessageEvent<Message>) => {
      if (data.kind === "token") this.onToken(data.token);
      else this.onEnd();
      this.#heard();
    });
  }

  /**
   * Do something in one tab at a time. Who had to wait first hears what the other has to tell.
   *
   * @param act is to look anew whether it is still needed.
   */
  async alone<T>(act: () => Promise<T>): Promise<T> {
    if (!this.#locks) return act();
    const busy = Symbol("busy");
    const done = await this.#locks.request(NAME, { ifAvailable: true }, (lock) => (lock ? act() : busy));
    if (done !== busy) return done;
    const heard = new Promise<void>((resolve) => (this.#heard = resolve));
    return this.#locks.request(NAME, async () => {
      await Promise.race([heard, new Promise((resolve) => setTimeout(resolve, MESSAGE_MILLISECONDS))]);
      return act();
    });
  }

  tellToken(token: Renewed): void {
    this.#tell({ kind: "token", token });
  }

  tellEnd(): void {
    this.#tell({ kind: "end" });
  }

  close(): void {
    this.#channel?.close();
  }

  #tell(message: Message): void {
    this.#channel?.postMessage(message);
  }
}

function ownChannel(): Channel | null {
  return "BroadcastChannel" in globalThis ? new BroadcastChannel(NAME) : null;
}

/** Not there on a page that was fetched over plain HTTP, localhost apart. */
function ownLocks(): Locks | null {
  return typeof navigator !== "undefined" && "locks" in navigator ? navigator.locks : null;
}
