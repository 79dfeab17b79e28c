/** What a world is asked about, in order. */
export const mainTopics = ["concept", "peoples", "environment", "magic", "conflict", "age"] as const;
/** Asked only of who wants to go on. */
export const furtherTopics = ["moons", "simulation", "factions"] as const;
export type Topic = (typeof mainTopics)[number] | (typeof furtherTopics)[number];
export const topics: readonly Topic[] = [...mainTopics, ...furtherTopics];

/** Where an interview stands: at a topic, at the choice between naming and going on, at the name, or at the review. */
export type Step = Topic | "choice" | "name" | "review";
export const steps: readonly Step[] = [...mainTopics, "choice", ...furtherTopics, "name", "review"];

/** As players are told of it. */
export const topicNames: Readonly<Record<Topic, string>> = {
  concept: "the idea",
  peoples: "its peoples",
  environment: "land and climate",
  magic: "magic and technology",
  conflict: "conflict",
  age: "its age",
  moons: "the moons",
  simulation: "what is simulated",
  factions: "factions",
};

export const isTopic = (step: Step): step is Topic => step !== "choice" && step !== "name" && step !== "review";
