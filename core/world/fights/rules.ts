/** Of game time, unless it says otherwise. */
export const strikeReachM = 2.5;
/** Farther apart than this it is over. */
export const apartM = 12;
/** Real time in which a challenge may be taken up. */
export const challengeMs = 60_000;
export const guardMs = 6_000;
/** Senseless for so long. */
export const downMs = 10_000;
/** What one comes to with. */
export const wakeShare = 0.25;
/** Strokes of one span of time: a fight that goes on after as many in one breath is a mistake, and is ended. */
export const strokesPerSpanMax = 4_000;
