/**
 * How many of a host's slots this gateway may use, so that all gateways together use what there is. What does not divide goes to different
 * gateways for different hosts. Each has one at least: with more gateways than slots the host is asked for more at once than it has, and the
 * rest waits there. `gateways` are the names of those alive, this one among them.
 */
export function shareOfSlots(slots: number, hostId: string, own: string, gateways: ReadonlySet<string>): number {
  const names = [...gateways].toSorted();
  const index = names.indexOf(own);
  if (index < 0) return slots;
  const turn = (index + offsetOf(hostId)) % names.length;
  return Math.max(1, Math.floor(slots / names.length) + (turn < slots % names.length ? 1 : 0));
}

function offsetOf(text: string): number {
  let sum = 0;
  for (let i = 0; i < text.length; i++) sum = (sum * 31 + text.charCodeAt(i)) >>> 0;
  return sum;
}
