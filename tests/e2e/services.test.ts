import { describe } from "vitest";
import { testOn } from "#tests/support/dev.ts";
import { servicesCanRun, testServersAreHere } from "#tests/support/services.ts";

testServersAreHere();

// The suites of the one process, word for word.
describe.runIf(servicesCanRun)("with every service in a process of its own,", () => {
  testOn("services");
  describe("a first visit", async () => void (await import("./first-visit.test.ts")));
  describe("sessions that end", async () => void (await import("./ended-sessions.test.ts")));
  describe("a visit as it is written", async () => void (await import("./visit.test.ts")));
  describe("sockets", async () => void (await import("./sockets.test.ts")));
  describe("resuming", async () => void (await import("./resume.test.ts")));
  describe("interviews", async () => void (await import("./interview.test.ts")));
  describe("tracing", async () => void (await import("./tracing.test.ts")));
  describe("the REST API", async () => void (await import("./rest.test.ts")));
});
