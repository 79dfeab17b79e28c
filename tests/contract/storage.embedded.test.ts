import { embeddedStorage } from "#tests/support/database.ts";
import { storageContract } from "./storage.ts";

storageContract("on the embedded Postgres", embeddedStorage().setup);
