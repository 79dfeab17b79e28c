import * as authSubjects from "#core/protocol/auth-subjects.ts";
import * as interviewSubjects from "#core/protocol/interview-subjects.ts";
import * as playerSubjects from "#core/protocol/player-subjects.ts";
import * as worldSubjects from "#core/protocol/world-subjects.ts";
import { worldAir, worldWeatherAsked } from "#core/protocol/world-weather.ts";
import { authRevoked, worldFreed, worldGenerating, worldLook, worldTick } from "#core/protocol/subjects.ts";
import type { WorldId } from "#core/lib/ids.ts";
import { inboxPrefixOf, inputStreamName, inputSubjects, modelStreamName, queueGroup } from "./names.ts";

// Who may do what at the NATS server, whatever writes its configuration. Requests carry principals that were checked before, so whoever may
// publish one can be anybody, and whoever may serve one can say that anybody is.

export const natsRoles = [
  "functions",
  /** Functions that run the verbs of accounts and characters themselves: SERVICES=inline. */
  "functions-inline",
  "world",
  "auth",
  "player",
  "ai-gateway",
  "admin",
  /** Everything in one process: what all the others may. */
  "one-process",
] as const;
export type NatsRole = (typeof natsRoles)[number];

/** Subjects as NATS writes them, `*` for one part and `>` for all that follow; nothing else may be published or subscribed to. */
export type SubjectRights = {
  readonly publish: readonly string[];
  /** `subject group`: only as one of that queue group. */
  readonly subscribe: readonly string[];
  /** May answer what it was asked, once, at whatever address the request names. */
  readonly mayAnswer: boolean;
};

/** Longer than anybody waits for an answer. */
export const answerWithinS = 30;

type Row = {
  readonly asks?: readonly string[];
  readonly serves?: readonly string[];
  readonly tells?: readonly string[];
  readonly hears?: readonly string[];
  readonly asksModels?: true;
  /** The stream that it makes and of which it is sent what is there, by consumers of its own. */
  readonly reads?: string;
  /** The stream that it makes and takes from, by consumers that it shares. */
  readonly takes?: string;
};

const any = "*" as WorldId;
const auth = subjectsOf(authSubjects);
const player = subjectsOf(playerSubjects);
const interviews = subjectsOf(interviewSubjects);
const worlds = [...subjectsOf(worldSubjects), worldWeatherAsked.subject];
const look = worldLook(any).subject;
const act = worldSubjects.worldAct(any).subject;
const wanted = worldSubjects.worldWanted.subject;
const perWorld = [look, act, worldAir(any).subject];
const inputs = `${inputSubjects}.*`;

/** Of whoever asks models something (core/llm/bus-llm.ts). What others are answered he cannot hear, and not end what they wait for. */
const modelCaller = (role: NatsRole) => ({
  asks: ["ai.request.*.*", "ai.load"],
  serves: [`ai.waiting.${role}.*`],
  tells: [`ai.cancel.${role}.>`],
  hears: [`ai.response.${role}.>`, "ai.status", "ai.left"],
});

const table: Readonly<Record<Exclude<NatsRole, "one-process">, Row>> = {
  functions: {
    asksModels: true,
    asks: [...auth, ...player, ...interviews, ...worlds, inputs],
    tells: [wanted, "ai.status-asked"],
  },
  "functions-inline": {
    asksModels: true,
    asks: [...worlds, ...perWorld, inputs],
    tells: [authRevoked.subject, wanted, "ai.status-asked"],
  },
  world: {
    asksModels: true,
    asks: [...perWorld, inputs],
    serves: [...worlds, ...interviews, ...perWorld],
    tells: [worldTick(any).subject, worldFreed.subject, worldGenerating.subject, wanted],
    hears: [worldFreed.subject, worldGenerating.subject, wanted],
    reads: inputStreamName,
  },
  auth: { serves: auth, tells: [authRevoked.subject], hears: [authRevoked.subject] },
  player: { asks: perWorld, serves: player, tells: [wanted] },
  "ai-gateway": {
    asks: ["ai.waiting.*.*"],
    serves: ["ai.load"],
    tells: ["ai.response.>", "ai.status", "ai.status-asked", "ai.left"],
    hears: ["ai.cancel.>", "ai.status", "ai.status-asked", "ai.left", "ai.settings"],
    takes: modelStreamName,
  },
  admin: {
    asks: ["$SRV.>", ...worlds],
    tells: [authRevoked.subject, "ai.status-asked", "ai.settings"],
    hears: ["ai.status"],
  },
};

function withModels({ asks = [], serves = [], tells = [], hears = [], ...row }: Row, role: NatsRole): Row {
  if (row.asksModels !== true) return { ...row, asks, serves, tells, hears };
  const caller = modelCaller(role);
  return {
    ...row,
    asks: [...asks, ...caller.asks],
    serves: [...serves, ...caller.serves],
    tells: [...tells, ...caller.tells],
    hears: [...hears, ...caller.hears],
  };
}

export function rightsOf(role: NatsRole): SubjectRights {
  if (role === "one-process") return union(Object.values(table).map((row) => rightsOfRow(row, role)));
  return rightsOfRow(table[role], role);
}

function rightsOfRow(row: Row, role: NatsRole): SubjectRights {
  const { asks = [], serves = [], tells = [], hears = [], reads, takes } = withModels(row, role);
  // Those of one world or one caller are too many to be discovered one by one.
  const services = serves
    .map((subject) => subject.split("."))
    .flatMap(([name, , ...of]) => (of.length > 0 ? [] : name));
  const discovered = [...new Set(services)];
  return {
    publish: [
      ...asks,
      ...tells,
      ...(reads === undefined ? [] : [...streamSubjects(reads), ...ownConsumers(reads)]),
      ...(takes === undefined ? [] : [...streamSubjects(takes), ...sharedConsumers(takes)]),
    ],
    subscribe: [
      `${inboxPrefixOf(role)}.>`,
      ...serves.map((subject) => `${subject} ${queueGroup}`),
      ...hears,
      ...(discovered.length === 0 ? [] : ["$SRV.*"]),
      ...discovered.flatMap((service) => [`$SRV.*.${service}`, `$SRV.*.${service}.*`]),
    ],
    mayAnswer: serves.length > 0,
  };
}

/** To make the stream, to ask how full it is, and to acknowledge. Not to delete or purge it, nor to look into another. */
function streamSubjects(stream: string): string[] {
  const operations = ["STREAM.CREATE", "STREAM.UPDATE", "STREAM.INFO"];
  return [...operations.map((operation) => `$JS.API.${operation}.${stream}`), `$JS.ACK.${stream}.>`];
}

const ownConsumers = (stream: string): string[] => [
  `$JS.API.CONSUMER.NAMES.${stream}`,
  `$JS.API.CONSUMER.CREATE.${stream}.>`,
  `$JS.API.CONSUMER.DELETE.${stream}.*`,
];

const sharedConsumers = (stream: string): string[] => [
  `$JS.API.CONSUMER.DURABLE.CREATE.${stream}.*`,
  `$JS.API.CONSUMER.MSG.NEXT.${stream}.*`,
];

function union(all: readonly SubjectRights[]): SubjectRights {
  return {
    publish: [...new Set(all.flatMap(({ publish }) => publish))],
    subscribe: [...new Set(all.flatMap(({ subscribe }) => subscribe))],
    mayAnswer: all.some(({ mayAnswer }) => mayAnswer),
  };
}

/** Of every request that a module of the protocol declares, in an order that does not hang on who loaded it. */
function subjectsOf(module: object): string[] {
  const declared = Object.values(module).flatMap((value: unknown) =>
    typeof value === "object" && value !== null && "output" in value && "subject" in value
      ? [String(value.subject)]
      : [],
  );
  return declared.toSorted();
}
