/** A line on its way: it is kept, under one id for ever, until the server has surely got it. */
type Waiting = { readonly id: string; readonly text: string; isSent: boolean };

/** More lines than this are not typed ahead; the server remembers more ids than that. */
export const waitingMax = 64;

/**
 * What has been typed and is not known to have arrived. After a broken link everything goes again, in the same order and under the same ids: what
 * had arrived is not run twice. That something has arrived is known when a ping that was sent after it is answered.
 */
export class CommandQueue {
  #waiting: Waiting[] = [];
  #number = 0;
  /** How many of the waiting were sent before the ping that is not answered yet. */
  #covered = 0;

  get isFull(): boolean {
    return this.#waiting.length >= waitingMax;
  }

  /** Something has been sent of which nobody knows yet whether it arrived. */
  get isUnsure(): boolean {
    return this.#waiting.some(({ isSent }) => isSent);
  }

  get ids(): readonly string[] {
    return this.#waiting.map(({ id }) => id);
  }

  add(command: { readonly id: string; readonly text: string }): void {
    this.#waiting.push({ ...command, isSent: false });
  }

  /** A new connection, which counts from 1 and has been sent nothing. */
  reconnected(): void {
    this.#number = 0;
    this.#covered = 0;
    for (const each of this.#waiting) each.isSent = false;
  }

  /** For the `n` of a command or a resume. */
  nextNumber(): number {
    this.#number += 1;
    return this.#number;
  }

  /** The frames of everything that this connection has not been sent, in order. */
  takeUnsent(): string[] {
    return this.#waiting
      .filter(({ isSent }) => !isSent)
      .map((each) => {
        each.isSent = true;
        const { id, text } = each;
        return JSON.stringify({ type: "command", data: { text, id, n: this.nextNumber() } });
      });
  }

  /** A ping goes out now. */
  pinged(): void {
    this.#covered = this.#waiting.filter(({ isSent }) => isSent).length;
  }

  /** It was answered: the ids of what has arrived. */
  ponged(): string[] {
    const arrived = this.#waiting.splice(0, this.#covered);
    this.#covered = 0;
    return arrived.map(({ id }) => id);
  }

  /** The server has answered that it did not take this one. */
  drop(id: string): void {
    const index = this.#waiting.findIndex((each) => each.id === id);
    if (index === -1) return;
    this.#waiting.splice(index, 1);
    if (index < this.#covered) this.#covered -= 1;
  }

  /** Whose they were is not who speaks now: as somebody else's the same ids would be other commands. */
  clear(): string[] {
    const ids = [...this.ids];
    this.#waiting = [];
    this.#covered = 0;
    return ids;
  }
}
