import type * as z from "zod";
import type { AttributeName, entryOptionsResponse } from "#core/protocol/character.ts";

/** What a character may begin as. Of species that a server does not tell there are the three that every world knows. */
export type EntryOptions = z.infer<typeof entryOptionsResponse> & { readonly species?: readonly SpeciesInfo[] };
export type SpeciesInfo = { readonly name: string; readonly attributes: Readonly<Record<AttributeName, number>> };
export type Inhabitant = EntryOptions["available_npcs"][number];
