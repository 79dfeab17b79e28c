import { argon2Passwords } from "#adapters/argon2.ts";
import { memoryPasswords } from "#adapters/memory/passwords.ts";
import { passwordsContract } from "./passwords.ts";

passwordsContract("the twin in memory", async () => memoryPasswords());
passwordsContract("argon2id", () => argon2Passwords({ memoryKiB: 1024, timeCost: 2, parallelism: 1 }));
