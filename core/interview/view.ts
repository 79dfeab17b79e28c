import type { WorldId } from "../lib/ids.ts";
import { type Interview, type InterviewId, isBeingMade, type Line } from "./model.ts";
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
  /** Of the world that is being made, and how far it is; null while none is. */
  readonly making: { readonly worldId: WorldId; readonly stage: string | null; readonly share: number } | null;
};

export function viewOf(id: InterviewId, state: Interview): InterviewView {
  return {
    id,
    status: state.status === "none" ? "open" : state.status,
    step: state.step,
    question: state.question ?? scriptedWords(state),
    conversation: state.conversation,
    worldId: state.made?.worldId ?? null,
    making: isBeingMade(state)
      ? {
          worldId: state.pending!.worldId,
          stage: state.shaping?.stage ?? null,
          share: state.shaping?.share ?? 0,
        }
      : null,
  };
}
