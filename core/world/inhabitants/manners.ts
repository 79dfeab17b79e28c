import type { Tone } from "../../protocol/world-specification.ts";

/** How people of a world of this tone speak. `who` stands for the listener. */
export type Manner = {
  readonly greetings: readonly string[];
  /** Where they have nothing to say of it. */
  readonly unknown: readonly string[];
  readonly farewells: readonly string[];
  /** Said before an answer, now and then. */
  readonly openings: readonly string[];
};

export const manners: Readonly<Record<Tone, Manner>> = {
  neutral: {
    greetings: ["Good day to you, {who}.", "Well met, {who}. What brings you here?"],
    unknown: ["I could not tell you.", "I know nothing of that. Ask me about my work."],
    farewells: ["Go well.", "Until next time, then."],
    openings: ["", "Let me think.", "Well."],
  },
  hopeful: {
    greetings: ["A good day, {who}, and better ones coming!", "Welcome, {who}. There is room for one more here."],
    unknown: ["I do not know, but somebody will find out.", "That I cannot say. Ask again when I am wiser."],
    farewells: ["Go with a light heart.", "May the road be kind to you."],
    openings: ["", "Gladly!", "Things are looking up, so listen:"],
  },
  whimsical: {
    greetings: ["Oh! A {who}! We were nearly out of those.", "Mind the puddle, {who}, it has only just settled in."],
    unknown: ["You would have to ask the kettle about that.", "I knew it on Tuesday. I have put it somewhere since."],
    farewells: ["Off you pop. Both feet, if you can.", "Farewell, and watch out for falling afternoons."],
    openings: ["", "Between you and the doorpost:", "It is a long story, so I will tell it short."],
  },
  epic: {
    greetings: ["Hail, {who}. The days are great that bring us strangers.", "Stand and be welcome, {who}."],
    unknown: ["Of that the songs are silent.", "Greater ones than I have asked, and heard no answer."],
    farewells: ["May your name be sung.", "Go, and let the road remember you."],
    openings: ["", "Hear me.", "So it was told to me:"],
  },
  dark: {
    greetings: ["You should not stand about, {who}.", "Keep your voice down, {who}. What is it?"],
    unknown: ["Nobody asks that twice.", "I do not know, and I sleep the better for it."],
    farewells: ["Go. And look behind you.", "Be inside before it is dark."],
    openings: ["", "Quietly, now.", "Come closer. I will say it once."],
  },
  grim: {
    greetings: ["Still alive, {who}? Good for you.", "What do you want, {who}? There is nothing left to give."],
    unknown: ["How should I know.", "Ask the dead. There are enough of them."],
    farewells: ["Do not die near here.", "Go, then. Everyone does."],
    openings: ["", "If you must know:", "You will not like it."],
  },
  mysterious: {
    greetings: ["So it is you, {who}. We wondered when.", "Strange that you should come today, {who}."],
    unknown: ["You are asking at the wrong door.", "Some things hear when they are spoken of."],
    farewells: ["We shall meet again. We have already.", "Go the way you did not come."],
    openings: ["", "I will tell you what I was told.", "There are two answers. This is the one that may be said:"],
  },
  melancholy: {
    greetings: ["Oh. A visitor. It has been a while, {who}.", "You have come late, {who}, but you have come."],
    unknown: ["I knew it once.", "That went away with those who knew it."],
    farewells: ["Everyone goes on. Go well.", "Think of us, now and then."],
    openings: ["", "It was different once.", "I remember it like this:"],
  },
  romantic: {
    greetings: [
      "Ah, {who}! The day was waiting for somebody like you.",
      "Come nearer, {who}; company is the best of bread.",
    ],
    unknown: ["My heart says nothing of that.", "Ask me of love, or at least of supper."],
    farewells: ["Leave a little of yourself behind.", "Go, and be missed."],
    openings: ["", "With all my heart:", "For those eyes I will tell it."],
  },
  comic: {
    greetings: [
      "Whatever it is, {who}, it was like that when I got here.",
      "If you are selling, {who}, I am somebody else.",
    ],
    unknown: ["You are asking me? Things must be bad.", "I had an answer, but the goat ate it."],
    farewells: ["Mind your head. Not that one.", "Bye! Tell them I was working."],
    openings: ["", "Officially I know nothing, but:", "Funny you should ask. Not very, but still."],
  },
};
