/** One of those who serve a subject gets each request. */
export const queueGroup = "q";

export const inputStreamName = "WORLD_INPUT";
export const inputSubjects = "world.input";
export const modelStreamName = "AI_REQUEST";

/** Where answers to whoever connects as `user` arrive: nobody else may listen there. Without a user there is one place for all. */
export function inboxPrefixOf(user: string | undefined): string {
  return user === undefined ? anyInboxPrefix : `${anyInboxPrefix}_${user}`;
}

export const anyInboxPrefix = "_INBOX";
/** Of those without a user. */
export const anyAsker = "any";
