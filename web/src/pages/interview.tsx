import { useEffect, useRef, useState } from "preact/hooks";
import { ApiError } from "#client/rest.ts";
import type { InterviewActiveResponse, InterviewMaking } from "#core/protocol/interview.ts";
import { Trouble, useWork } from "../parts/form.tsx";
import { FailedPart } from "../parts/failed-page.tsx";
import { MadeWorld, Making } from "../parts/made-world.tsx";
import { useLoaded } from "../parts/use-loaded.ts";
import { api } from "../state/session.ts";

type Said = InterviewActiveResponse["conversation"][number];

type Talk = {
  readonly sessionId: string;
  readonly conversation: readonly Said[];
  /** What the statue says of the world that it makes, and how far it is. */
  readonly making: (InterviewMaking & { readonly words: string }) | null;
  readonly worldId: string | null;
  readonly isOver: boolean;
};

export function Interview() {
  const loaded = useLoaded(openTalk);
  return (
    <main id="main" class="interview">
      <h1>Tell me of a world</h1>
      {loaded.kind === "loading" && <p class="waiting">The marble warms …</p>}
      {loaded.kind === "failed" && <FailedPart message={loaded.message} again={loaded.again} />}
      {loaded.kind === "there" && (
        <Conversation key={loaded.value.sessionId} begun={loaded.value} again={loaded.again} />
      )}
    </main>
  );
}

/** The one that is open, with all that was said, or a new one. */
async function openTalk(): Promise<Talk> {
  const open = await activeTalk();
  if (open !== null && open.conversation.length > 0) return open;
  const { session_id: sessionId, question } = await api.startInterview();
  return { ...nothingYet, sessionId, conversation: [{ role: "statue", text: question }] };
}

const nothingYet = { making: null, worldId: null, isOver: false } as const;

/** null where none is open. */
async function activeTalk(): Promise<Talk | null> {
  try {
    const { session_id: sessionId, conversation, question, making } = await api.interview();
    return { ...nothingYet, sessionId, conversation, making: making ? { ...making, words: question } : null };
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return null;
    throw error;
  }
}

const askEveryMs = 1000;

function Conversation({ begun, again }: { readonly begun: Talk; readonly again: () => void }) {
  const [talk, setTalk] = useState(begun);
  const [text, setText] = useState("");
  /** Said again after an answer that never came, it is said once. */
  const [unanswered, setUnanswered] = useState<{ readonly text: string; readonly key: string } | null>(null);
  const work = useWork();
  const end = useRef<HTMLDivElement>(null);
  useEffect(() => {
    end.current?.scrollIntoView({ block: "end" });
  }, [talk.conversation.length, work.isBusy]);
  useMaking(talk, setTalk);

  const tell = (words: string) => {
    const message = words.trim();
    if (message === "" || work.isBusy) return;
    const telling = unanswered?.text === message ? unanswered : { text: message, key: crypto.randomUUID() };
    work.run(async () => {
      setUnanswered(telling);
      const next = await answerTo(talk, telling);
      setUnanswered(null);
      setText("");
      setTalk(next);
    });
  };
  const pending = work.isBusy ? (unanswered?.text ?? null) : null;
  return (
    <>
      <Spoken conversation={talk.conversation} pending={pending} />
      {talk.making && <Making words={talk.making.words} share={talk.making.share} />}
      {talk.worldId !== null && <MadeWorld id={talk.worldId} />}
      {talk.isOver && talk.worldId === null && (
        <button type="button" onClick={again}>
          Begin anew
        </button>
      )}
      {!talk.isOver && !talk.making && <Answer text={text} setText={setText} tell={tell} isBusy={work.isBusy} />}
      <Trouble failure={work.failure} />
      <div ref={end} class="end" />
    </>
  );
}

async function answerTo(talk: Talk, { text, key }: { readonly text: string; readonly key: string }): Promise<Talk> {
  const answer = await api.tellStatue(talk.sessionId, text, key);
  // Kept, and answered late: the answer is where the conversation is.
  if ("message_id" in answer) return lateAnswer(talk);
  const { question, completed: isOver, world_id: worldId = null, making } = answer;
  const heard: Said[] = [
    { role: "player", text },
    { role: "statue", text: question },
  ];
  return {
    ...talk,
    conversation: [...talk.conversation, ...heard],
    making: !isOver && making ? { ...making, words: question } : null,
    worldId,
    isOver,
  };
}

const lateAsksMax = 60;

async function lateAnswer(talk: Talk): Promise<Talk> {
  for (let asked = 0; asked < lateAsksMax; asked++) {
    await new Promise((resolve) => setTimeout(resolve, askEveryMs));
    const now = await activeTalk();
    if (now === null) return { ...talk, isOver: true };
    if (now.conversation.length > talk.conversation.length + 1 || now.making) return now;
  }
  throw new ApiError(504, { message: "The statue is lost in thought. Say it once more." });
}

/** Follows a world that is being made, until it is there or the statue has something to ask after all. */
function useMaking({ making, sessionId }: Talk, setTalk: (change: (last: Talk) => Talk) => void): void {
  const worldId = making?.world_id ?? null;
  useEffect(() => {
    if (worldId === null) return undefined;
    const timer = setInterval(() => {
      activeTalk().then(
        (now) => {
          const isThere = now === null || now.sessionId !== sessionId;
          setTalk((last) => (isThere ? { ...last, making: null, isOver: true, worldId } : now));
        },
        () => {
          // It is asked again.
        },
      );
    }, askEveryMs);
    return () => clearInterval(timer);
  }, [worldId]);
}

function Spoken({
  conversation,
  pending,
}: {
  readonly conversation: readonly Said[];
  readonly pending: string | null;
}) {
  return (
    <ol class="talk" aria-live="polite" aria-label="Your talk with the statue">
      {conversation.map(({ role, text }, index) => (
        <li key={index} class={role}>
          <span class="unseen">{role === "statue" ? "The statue: " : "You: "}</span>
          {text}
        </li>
      ))}
      {pending !== null && (
        <>
          <li class="player">{pending}</li>
          <li class="statue thinking">
            <span class="unseen">The statue thinks.</span>
            <i />
            <i />
            <i />
          </li>
        </>
      )}
    </ol>
  );
}

/** Things one may always say. */
const asides = ["back", "skip", "start over"] as const;
const textMax = 2000;

type AnswerProps = {
  readonly text: string;
  readonly setText: (text: string) => void;
  readonly tell: (text: string) => void;
  readonly isBusy: boolean;
};

function Answer({ text, setText, tell, isBusy }: AnswerProps) {
  return (
    <form
      class="answer"
      onSubmit={(event) => {
        event.preventDefault();
        tell(text);
      }}
    >
      <label class="unseen" for="answer">
        Your answer
      </label>
      <textarea
        id="answer"
        rows={3}
        maxLength={textMax}
        placeholder="Say it as it comes to you."
        value={text}
        autofocus
        onInput={({ currentTarget }) => setText(currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
          event.preventDefault();
          tell(text);
        }}
      />
      <div class="answer-row">
        <button type="submit" class="primary" aria-disabled={isBusy}>
          Say it
        </button>
        {asides.map((words) => (
          <button key={words} type="button" class="quiet" onClick={() => tell(words)}>
            {words}
          </button>
        ))}
      </div>
    </form>
  );
}
