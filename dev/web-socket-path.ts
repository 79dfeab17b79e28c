export const webSocketPath = "/api/game/ws";
