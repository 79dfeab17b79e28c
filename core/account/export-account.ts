import type { BiographyMetadata } from "../character/biography/model.ts";
import { AppError } from "../lib/errors.ts";
import type { Accounts, PersonalData } from "../ports/accounts.ts";
import type { Audit } from "../ports/audit.ts";
import type { Characters } from "../ports/characters.ts";
import type { FeedEvent } from "../ports/feed.ts";
import type { Limits } from "../ports/limits.ts";
import type { Sessions } from "../ports/sessions.ts";
import type { Clock } from "../ports/system.ts";
import type { CharacterId } from "../lib/ids.ts";
import type { CharacterLog } from "../ports/character-log.ts";
import type { StoredEvent } from "../ports/world-log.ts";
import type { CharacterRecord } from "../character/model.ts";
import type { WorldRecord } from "../world/spec.ts";
import type { AuditRecord } from "./audit.ts";
import { type ExportedWords, interviewPage, interviewPagesFrom } from "./export-interviews.ts";
import { getMe } from "./get-me.ts";
import type { Account, Principal, Session } from "./model.ts";
import type { AccountPolicy } from "./policy.ts";
import { withinLimit } from "./within-limit.ts";

type Ctx = {
  accounts: Accounts;
  sessions: Sessions;
  characters: Characters;
  characterLog: CharacterLog;
  audit: Audit;
  personalData: PersonalData;
  limits: Limits;
  clock: Clock;
  accountPolicy: AccountPolicy;
};

export const exportedEventsMax = 200;
/** The newest; of an account that logs in once an hour, two months. Over the bus a page has to fit into a message. */
export const exportedAuditMax = 2_000;

/** Pages from here on are those of the characters' own streams: no log has so many positions. */
const biographiesFrom = 5e14;
/** No stream has so many events. */
const biographiesApart = 1e8;

export type ExportedBiographyEvent = Pick<StoredEvent, "version" | "type" | "payload"> & {
  readonly characterId: CharacterId;
  readonly atMs: number;
};

/** One page: everything but events first, then what was said in interviews (export-interviews.ts), then those of worlds, then those of characters. `next` names the page after it; null: that was all. */
export type AccountExport = {
  readonly about: {
    readonly account: Account;
    readonly sessions: readonly Session[];
    readonly characters: readonly CharacterRecord[];
    readonly worlds: readonly Pick<WorldRecord, "id" | "name" | "createdAtMs">[];
    readonly audit: readonly AuditRecord[];
  } | null;
  readonly interviewEvents: readonly ExportedWords[];
  readonly events: readonly Omit<FeedEvent, "schemaVersion" | "metadata">[];
  readonly biographyEvents: readonly ExportedBiographyEvent[];
  readonly next: number | null;
};

const emptyPage = { about: null, interviewEvents: [], events: [], biographyEvents: [] } as const;

/** `after`: null for the first page, else `next` of the one before. */
export async function exportAccount(
  ctx: Ctx,
  { principal, after }: { principal: Principal; after: number | null },
): Promise<AccountExport> {
  const { userId } = principal;
  await withinLimit(ctx, ctx.accountPolicy.exportPagesPerUser, userId);
  const account = await getMe(ctx, principal);
  const characters = await ctx.characters.ofUser(userId);
  if (after === null) {
    const [sessions, worlds, audit] = await Promise.all([
      ctx.sessions.ofUser(userId, ctx.clock.nowMs()),
      ctx.personalData.worldsOf(userId),
      ctx.audit.list({ userId, limit: exportedAuditMax }),
    ]);
    const about = { account, sessions, characters, worlds, audit };
    return { ...emptyPage, about, next: interviewPagesFrom };
  }
  if (!Number.isSafeInteger(after) || after < 0) throw new AppError("INVALID_INPUT", "There is no such page.");
  if (after >= interviewPagesFrom) return { ...emptyPage, ...(await interviewPage(ctx, userId, after)) };
  // In an order that a new one does not change.
  const ids = characters
    .toSorted((one, other) => one.createdAtMs - other.createdAtMs || (one.id < other.id ? -1 : 1))
    .map(({ id }) => id);
  if (after >= biographiesFrom) return { ...emptyPage, ...(await biographiesOf(ctx, ids, after)) };
  const { events, next } = await ctx.personalData.eventsOf(ids, after, exportedEventsMax);
  return {
    ...emptyPage,
    events: events.map(({ schemaVersion: _, metadata: __, ...event }) => event),
    next: next ?? (ids.length === 0 ? null : biographiesFrom),
  };
}

async function biographiesOf(
  ctx: Pick<Ctx, "characterLog">,
  ids: readonly CharacterId[],
  after: number,
): Promise<Pick<AccountExport, "biographyEvents" | "next">> {
  const index = Math.floor((after - biographiesFrom) / biographiesApart);
  const characterId = ids[index];
  if (characterId === undefined) return { biographyEvents: [], next: null };
  const read = await ctx.characterLog.read(
    characterId,
    (after - biographiesFrom) % biographiesApart,
    exportedEventsMax,
  );
  const isLast = read.length < exportedEventsMax;
  const here = biographiesFrom + index * biographiesApart;
  const beyond = index + 1 < ids.length ? here + biographiesApart : null;
  return {
    biographyEvents: read.map(({ version, type, payload, metadata }) => ({
      characterId,
      version,
      type,
      payload,
      atMs: (metadata as BiographyMetadata).atMs,
    })),
    next: isLast ? beyond : here + read.at(-1)!.version,
  };
}
