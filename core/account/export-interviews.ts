import type { UserId } from "../lib/ids.ts";
import type { InterviewEventOf, PersonalData } from "../ports/accounts.ts";

/** Each may be a message of 2,000 characters. */
export const exportedWordsMax = 100;
/** Pages of an export from here on are of what was said in interviews: so many after it. Nothing else is counted so far. */
export const interviewPagesFrom = 9e14;

export type ExportedWords = Omit<InterviewEventOf, "interviewId" | "schemaVersion" | "metadata"> & {
  readonly interviewId: string;
  readonly atMs: number;
};

/** `next` after the last of them is the first page of events. */
export async function interviewPage(
  { personalData }: { readonly personalData: PersonalData },
  userId: UserId,
  after: number,
): Promise<{ readonly interviewEvents: readonly ExportedWords[]; readonly next: number }> {
  const skip = after - interviewPagesFrom;
  const found = await personalData.interviewEventsOf(userId, { skip, limit: exportedWordsMax + 1 });
  const interviewEvents = found.slice(0, exportedWordsMax).map(({ schemaVersion: _, metadata, ...event }) => {
    const { atMs = 0 } = metadata as { atMs?: number };
    return { ...event, atMs };
  });
  return { interviewEvents, next: found.length <= exportedWordsMax ? 0 : after + exportedWordsMax };
}
