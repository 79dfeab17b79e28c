import { expect, test } from "vitest";
import { isReservedName } from "./reserved-names.ts";

test.each([
  "admin",
  "Admin",
  "ADM1N",
  "adm-in",
  "_admin_",
  "adrnin",
  "Administrat0r",
  "moderator",
  "M0derator",
  "rnoderator",
  "system",
  "5y5tem",
  "Sy-stem",
  "statue",
  "5tatue",
  "support",
  "r00t",
  "thousand-worlds",
])("%s could be taken for the house", (name) => {
  expect(isReservedName(name)).toBe(true);
});

test.each([
  "Ann",
  "Bob",
  "Administratrix",
  "statuette",
  "rooty",
  "modest",
  "sysop7x",
  "user1",
  "Allie",
  "Hereward",
  "Bottom",
  "Guest",
  "owner1",
  "admin_01",
])("%s is a name like any other", (name) => {
  expect(isReservedName(name)).toBe(false);
});
