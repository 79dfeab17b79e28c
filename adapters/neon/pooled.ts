/**
 * Whether Neon shares the connections of this URL among clients. Such a pool (PgBouncer's by transaction) refuses a connection that asks for
 * time limits at its start, and loses session locks and SET.
 */
export function isPooled(url: string): boolean {
  return /^[^.]+-pooler\./.test(URL.parse(url)?.hostname ?? "");
}
