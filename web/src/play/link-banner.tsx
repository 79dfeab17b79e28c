import { useEffect, useState } from "preact/hooks";
import { linkCheck, linkState, takeBack } from "../state/game.ts";
import { isOnline } from "../state/offline.ts";

/** Says when what is typed has to wait. A short break is not worth a word. */
const patienceMs = 1200;

export function LinkBanner() {
  const state = linkState.value;
  const isBroken = state.kind !== "open" && state.kind !== "ended";
  const [isLong, setLong] = useState(false);
  useEffect(() => {
    setLong(false);
    if (!isBroken) return undefined;
    const timer = setTimeout(() => setLong(true), patienceMs);
    return () => clearTimeout(timer);
  }, [isBroken]);
  return (
    <div class="link-banner" role="status">
      {state.kind === "ended" && state.why === "elsewhere" && (
        <p>
          You go on in another window or on another device.{" "}
          <button type="button" onClick={takeBack}>
            Go on here
          </button>
        </p>
      )}
      {isBroken && isLong && (
        <p>
          {isOnline.value ? "The link to the world is gone. " : "You are offline. "}
          What you type is kept and sent when it is back.{" "}
          {state.kind === "waiting" && (
            <button type="button" onClick={linkCheck}>
              Try now
            </button>
          )}
        </p>
      )}
    </div>
  );
}
