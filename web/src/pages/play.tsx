import { useEffect } from "preact/hooks";
import { ActionBar } from "../play/action-bar.tsx";
import { Announcer } from "../play/announcer.tsx";
import { LinkBanner } from "../play/link-banner.tsx";
import { LogView } from "../play/log-view.tsx";
import { Panels } from "../play/panels.tsx";
import { PlayHeader } from "../play/play-header.tsx";
import { Prompt } from "../play/prompt.tsx";
import { followWorld, leaveGame, linkCheck, rememberVisit, startGame } from "../state/game.ts";
import { isOnline } from "../state/offline.ts";
import { place } from "../state/router.ts";

export function Play() {
  const characterId = place.value.query.get("as");
  useEffect(() => {
    startGame(characterId);
    const stopFollowing = followWorld();
    const onShown = () => {
      if (document.visibilityState === "hidden") rememberVisit();
      else linkCheck();
    };
    const stopListening = isOnline.subscribe(linkCheck);
    addEventListener("pagehide", rememberVisit);
    document.addEventListener("visibilitychange", onShown);
    return () => {
      removeEventListener("pagehide", rememberVisit);
      document.removeEventListener("visibilitychange", onShown);
      stopListening();
      stopFollowing();
      leaveGame();
    };
  }, [characterId]);
  return (
    <div class="play">
      <PlayHeader />
      <main id="main" class="story" aria-label="Story">
        <LogView />
        <LinkBanner />
        <ActionBar />
        <Prompt />
      </main>
      <Panels />
      <Announcer />
    </div>
  );
}
