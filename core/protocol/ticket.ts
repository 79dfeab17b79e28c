import * as z from "zod";

export const ticketResponse = z.object({ ticket: z.string().regex(/^[\w-]{43}$/), expires_in: z.int() });
export type TicketResponse = z.infer<typeof ticketResponse>;
