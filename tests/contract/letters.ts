import { describe, expect, test } from "vitest";
import type { NewLetter } from "#core/account/letter.ts";
import { letterTakenMs } from "#core/ports/mail.ts";
import type { Setup } from "#tests/support/database.ts";
import { sessionId, startMs, userId } from "#tests/support/records.ts";

export function lettersContract(name: string, setup: Setup): void {
  describe(`letters, ${name}`, () => {
    const letter = (number: number, changes: Partial<NewLetter> = {}): NewLetter => ({
      id: sessionId(number),
      kind: "reset-password",
      to: `player${number}@example.org`,
      userId: userId(number),
      atMs: startMs + number,
      ...changes,
    });

    test("what was put is taken when it is due, the longest due first, and by nobody else for a while", async () => {
      const { letters } = await setup();
      for (const number of [3, 1, 2]) await letters.put(letter(number, { userId: null }));
      expect(await letters.take(startMs, 10)).toEqual([]);
      const taken = await letters.take(startMs + 3, 2);
      expect(taken.map(({ id }) => id).toSorted()).toEqual([sessionId(1), sessionId(2)]);
      expect(taken.find(({ id }) => id === sessionId(1))).toEqual({ ...letter(1, { userId: null }), attempts: 1 });
      expect((await letters.take(startMs + 3, 10)).map(({ id }) => id)).toEqual([sessionId(3)]);
      expect(await letters.take(startMs + 3 + letterTakenMs - 1, 10)).toEqual([]);
      const again = await letters.take(startMs + 3 + letterTakenMs, 10);
      expect(again.map(({ attempts }) => attempts)).toEqual([2, 2, 2]);
    });

    test("what is postponed is not due before, and what is removed never again", async () => {
      const { letters } = await setup();
      for (const number of [1, 2]) await letters.put(letter(number));
      await letters.take(startMs + 2, 10);
      await letters.postpone(sessionId(1), startMs + 100);
      await letters.remove(sessionId(2));
      expect(await letters.take(startMs + 99, 10)).toEqual([]);
      expect(await letters.take(startMs + 10 * letterTakenMs, 10)).toEqual([{ ...letter(1), attempts: 2 }]);
      await letters.remove(sessionId(2));
      await letters.postpone(sessionId(9), startMs);
    });

    test("of one kind to one address one waits, which is due soon however long it was put off", async () => {
      const { letters } = await setup();
      await letters.put(letter(1));
      await letters.put(letter(2, { to: letter(1).to }));
      await letters.put(letter(3, { to: letter(1).to, kind: "password-changed" }));
      const ids = (await letters.take(startMs + 10, 10)).map(({ id }) => id);
      expect(ids.toSorted()).toEqual([sessionId(1), sessionId(3)]);
      await letters.postpone(sessionId(1), startMs + 100 * letterTakenMs);
      await letters.put(letter(4, { to: letter(1).to, atMs: startMs + 20 }));
      expect((await letters.take(startMs + 20 + letterTakenMs - 1, 10)).map(({ id }) => id)).not.toContain(
        sessionId(1),
      );
      expect((await letters.take(startMs + 20 + letterTakenMs, 10)).map(({ id }) => id)).toContain(sessionId(1));
    });

    test("of several that take at once each gets others", async () => {
      const { letters } = await setup();
      const numbers = Array.from({ length: 20 }, (_, n) => n + 1);
      for (const number of numbers) await letters.put(letter(number));
      const taken = await Promise.all([1, 2, 3, 4].map(() => letters.take(startMs + 100, 10)));
      const rest = await letters.take(startMs + 100, 20);
      const ids = [...taken.flat(), ...rest].map(({ id }) => id);
      expect(ids.toSorted()).toEqual(numbers.map(sessionId).toSorted());
    });
  });
}
