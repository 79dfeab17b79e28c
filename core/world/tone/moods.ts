import type { Tone } from "../../protocol/world-specification.ts";

/** What sets the mood of a place just now; the first that holds. */
export const occasions = ["storm", "snowfall", "rain", "fog", "night", "dusk", "day"] as const;
export type Occasion = (typeof occasions)[number];

/**
 * How a world of this tone feels. They say nothing of what is there, how warm it is or which way: that is for the sentences that are read off the
 * state, and these must hold beside any of them. Several of one are chosen between by the place.
 */
export const moods: Readonly<Record<Tone, Readonly<Record<Occasion, readonly string[]>> | null>> = {
  neutral: null,
  hopeful: {
    storm: ["It will pass; everything here looks built to outlast it."],
    snowfall: ["Each flake seems to promise something."],
    rain: ["The rain sounds like good news told slowly."],
    fog: ["Somewhere behind it all the day is clear."],
    night: ["The dark is gentle, and morning is already on its way."],
    dusk: ["The light is the kind that makes plans."],
    day: ["There is room here for whatever you mean to begin.", "It is a place that seems glad to be found."],
  },
  whimsical: {
    storm: ["The wind appears to be looking for its hat."],
    snowfall: ["The snow takes the long way down, as if to see more of the view."],
    rain: ["The rain taps out something that is almost a tune."],
    fog: ["The fog has put the world away for now, and may have forgotten where."],
    night: ["The night has the air of knowing a joke and saving it."],
    dusk: ["The hour cannot make up its mind, and enjoys it."],
    day: [
      "Something nearby has just stopped giggling.",
      "Everything stands a little too still, as in a game of statues.",
    ],
  },
  epic: {
    storm: ["So it must have been when the first oaths were sworn."],
    snowfall: ["The snow falls as it fell on kings whose names it has covered."],
    rain: ["The rain beats down like the march of those who went before."],
    fog: ["The fog keeps its counsel, as it did for armies."],
    night: ["Under such a night the old songs were made."],
    dusk: ["It is an hour for the end of an age, or the start of one."],
    day: [
      "The land lies wide, and waits for deeds.",
      "Great names have passed this way, and the ground has not forgotten.",
    ],
  },
  dark: {
    storm: ["Whatever moves in this weather does not wish to be heard."],
    snowfall: ["The snow would close over your steps before you were missed."],
    rain: ["The rain covers every other sound, and you would rather hear them."],
    fog: ["The fog is near enough to touch, and seems to know it."],
    night: ["The dark is not empty."],
    dusk: ["The light is going, and something is glad of it."],
    day: ["You have the feeling of being counted.", "It is too quiet for the hour."],
  },
  grim: {
    storm: ["The wind takes what was not nailed down, and some of what was."],
    snowfall: ["The snow falls on what nobody has buried."],
    rain: ["The rain makes mud of the little that was solid."],
    fog: ["The fog hides nothing worth seeing."],
    night: ["Those who are sensible have barred their doors."],
    dusk: ["One more day is nearly used up."],
    day: ["Nothing here owes you anything.", "The land has been used hard, and shows it."],
  },
  mysterious: {
    storm: ["Between two gusts there is a sound that is not the wind."],
    snowfall: ["The snow falls in a pattern that you almost recognise."],
    rain: ["The rain leaves certain stones dry."],
    fog: ["The fog opens and closes, as if something breathed."],
    night: ["You have the sense that a question was asked just before you came."],
    dusk: ["For a moment everything has two shadows, and then one."],
    day: [
      "The place is like a word that lies on the tip of the tongue.",
      "You could swear that you have stood here before.",
    ],
  },
  melancholy: {
    storm: ["The wind goes through it all as through rooms where nobody lives."],
    snowfall: ["The snow makes everything look like something remembered."],
    rain: ["The rain falls as it did on other days, which are over."],
    fog: ["The fog lets go of things slowly, one by one."],
    night: ["It is the hour at which one thinks of those who are elsewhere."],
    dusk: ["The light leaves as guests leave who were loved."],
    day: ["It is beautiful here, in the way of things that do not last.", "Somebody must have been happy here once."],
  },
  romantic: {
    storm: ["It is a weather to be caught in together."],
    snowfall: ["The snow hushes everything but the heart."],
    rain: ["The rain draws a curtain around whoever stands close."],
    fog: ["The fog leaves only what is near enough to matter."],
    night: ["The night leans in, as if to hear a secret."],
    dusk: ["It is the hour of letters and of lingering."],
    day: ["It is a place to meet somebody by chance, twice.", "The air itself seems to be waiting for a name."],
  },
  comic: {
    storm: ["It is the sort of weather in which umbrellas begin new lives."],
    snowfall: ["The snow has a gift for finding collars."],
    rain: ["It rains with the zeal of a beginner."],
    fog: ["The fog would be a splendid place to hide, if anybody were looking."],
    night: ["It is dark enough to find furniture with the shin."],
    dusk: ["The light has gone off duty without waiting for its relief."],
    day: [
      "If there is a point to this place, it is standing behind you.",
      "Somebody designed this, and was proud of it.",
    ],
  },
};
