import { memoryStorage } from "#tests/support/database.ts";
import { storageContract } from "./storage.ts";

storageContract("in memory", memoryStorage);
