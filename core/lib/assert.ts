/** Our own bug, not the caller's. The edge answers 500 without detail; a worker stops rather than write what it does not trust. */
export class AssertionFailed extends Error {
  override readonly name = "AssertionFailed";
}

export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new AssertionFailed(message);
}

export function unreachable(value: never): never {
  throw new AssertionFailed(`unreachable value: ${JSON.stringify(value)}`);
}
