import type { WorldId } from "../lib/ids.ts";
import type { Interview, InterviewId, Line } from "./model.ts";
import { scriptedWords } from "./script.ts";
import type { Step } from "./topics.ts";

/** An interview as its player sees it. */
export type InterviewView = {
  readonly id: InterviewId;
  readonly status: "open" | "completed" | "abandoned";
  readonly step: Step;
  /** The statue's last words, or what it would say now where they have not come. Never asks a model. */
  readonly question: string;
  readonly conversation: readonly Line[];
  /** Of the world that was made. */
  readonly worldId: WorldId | null;
};

export function viewOf(id: InterviewId, state: Interview): InterviewView {
  return {
    id,
    status: state.status === "none" ? "open" : state.status,
    step: state.step,
    question: state.question ?? scriptedWords(state),
    conversation: state.conversation,
    worldId: state.made?.worldId ?? null,
  };
}
