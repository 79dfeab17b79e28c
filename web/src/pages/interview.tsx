import { useEffect, useRef, useState } from "preact/hooks";
import { Trouble, useWork } from "../parts/form.tsx";
import { MadeWorld } from "../parts/made-world.tsx";
import { useLoaded } from "../parts/use-loaded.ts";
import { api } from "../state/session.ts";
import { ApiError } from "#client/rest.ts";

type Said = { readonly role: "statue" | "player"; readonly text: string };
type Talk = { readonly sessionId: string; readonly conversation: readonly Said[] };

export function Interview() {
  const loaded = useLoaded(openTalk);
  return (
    <main class="interview">
      <h1>Tell me of a world</h1>
      {loaded.kind === "loading" && <p class="waiting">The marble warms …</p>}
      {loaded.kind === "failed" && (
        <p>
          {loaded.message}{" "}
          <button type="button" onClick={loaded.again}>
            Try again
          </button>
        </p>
      )}
      {loaded.kind === "there" && (
        <Conversation key={loaded.value.sessionId} talk={loaded.value} again={loaded.again} />
      )}
    </main>
  );
}

/** The one that is open, with all that was said, or a new one. */
async function openTalk(): Promise<Talk> {
  try {
    const { session_id: sessionId, conversation } = await api.interview();
    if (conversation.length > 0) return { sessionId, conversation };
  } catch (error) {
    if (!(error instanceof ApiError && error.status === 404)) throw error;
  }
  const { session_id: sessionId, question } = await api.startInterview();
  return { sessionId, conversation: [{ role: "statue", text: question }] };
}

/** Things one may always say. */
const asides = ["back", "skip", "start over"] as const;
const textMax = 2000;

type Ending = { readonly worldId: string | null };

function Conversation({ talk, again }: { readonly talk: Talk; readonly again: () => void }) {
  const [said, setSaid] = useState(talk.conversation);
  const [ending, setEnding] = useState<Ending | null>(null);
  const [text, setText] = useState("");
  /** Said again after an answer that never came, it is said once. */
  const [unanswered, setUnanswered] = useState<{ readonly text: string; readonly key: string } | null>(null);
  const work = useWork();
  const end = useRef<HTMLDivElement>(null);
  useEffect(() => {
    end.current?.scrollIntoView({ block: "nearest" });
  }, [said, work.isBusy]);

  const tell = (words: string) => {
    const message = words.trim();
    if (message === "" || work.isBusy) return;
    const telling = unanswered?.text === message ? unanswered : { text: message, key: crypto.randomUUID() };
    work.run(async () => {
      setUnanswered(telling);
      const answer = await api.tellStatue(talk.sessionId, message, telling.key);
      setUnanswered(null);
      setText("");
      const heard: Said = { role: "player", text: message };
      setSaid((before) => [...before, heard, { role: "statue", text: answer.question ?? "…" }]);
      if (answer.completed === true) setEnding({ worldId: answer.world_id ?? null });
    });
  };
  return (
    <>
      <ol class="talk" aria-live="polite" aria-label="Your talk with the statue">
        {said.map(({ role, text: words }, index) => (
          <li key={index} class={role}>
            <span class="unseen">{role === "statue" ? "The statue: " : "You: "}</span>
            {words}
          </li>
        ))}
        {work.isBusy && (
          <>
            <li class="player">{unanswered?.text}</li>
            <li class="statue thinking" aria-label="The statue thinks">
              <span />
              <span />
              <span />
            </li>
          </>
        )}
      </ol>
      <div ref={end} />
      {ending !== null && ending.worldId !== null && <MadeWorld id={ending.worldId} />}
      {ending !== null && ending.worldId === null && (
        <p>
          <button type="button" onClick={again}>
            Begin anew
          </button>
        </p>
      )}
      {ending === null && <Answer text={text} setText={setText} tell={tell} isBusy={work.isBusy} />}
      <Trouble failure={work.failure} />
    </>
  );
}

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
