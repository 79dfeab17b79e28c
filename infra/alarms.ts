import type { Settings } from "./stage.ts";
import type { Workers } from "./workers.ts";

type Args = {
  readonly http: sst.aws.ApiGatewayV2;
  readonly nats: { readonly balancer: aws.lb.LoadBalancer };
  readonly settings: Settings;
  readonly sockets: sst.aws.ApiGatewayWebSocket;
  readonly workers: Workers;
};

/** Who is told, and of what. */
export function createAlarms({ settings }: Args): void {
  const topic = new aws.sns.Topic("Alarms");
  if (settings.alarmEmail !== "") {
    new aws.sns.TopicSubscription("AlarmsByMail", {
      topic: topic.arn,
      protocol: "email",
      endpoint: settings.alarmEmail,
    });
    new aws.budgets.Budget("Budget", {
      budgetType: "COST",
      limitAmount: String(settings.budgetUsd),
      limitUnit: "USD",
      timeUnit: "MONTHLY",
      notifications: [
        {
          comparisonOperator: "GREATER_THAN",
          threshold: 80,
          thresholdType: "PERCENTAGE",
          notificationType: "FORECASTED",
          subscriberEmailAddresses: [settings.alarmEmail],
        },
      ],
    });
  }
}
