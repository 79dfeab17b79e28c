export const noGateways = "No AI gateway answers. They are heard over NATS_URL.";
