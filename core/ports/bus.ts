import type { News, Rpc } from "../protocol/subjects.ts";

export type RequestOptions = { readonly timeoutMs: number; readonly signal?: AbortSignal };

export type Bus = {
  /** Rejects with the server's AppError, TIMEOUT past the deadline or when the signal aborts, UNAVAILABLE when nobody serves. */
  request<Input, Output>(rpc: Rpc<Input, Output>, input: Input, options: RequestOptions): Promise<Output>;
  /** Input and output are checked against the schemas. The returned function stops serving once what is under way is done. */
  serve<Input, Output>(rpc: Rpc<Input, Output>, handle: (input: Input) => Promise<Output>): () => Promise<void>;
  /** May be lost. Never throws, never waits. */
  publish<Message>(news: News<Message>, message: Message): void;
  subscribe<Message>(news: News<Message>, handle: (message: Message) => void): () => void;
};
