import { type WorkerMetric, workerMetric } from "./metrics.ts";

type Scaled = {
  readonly name: string;
  readonly role: string;
  readonly service: sst.aws.Service;
};

/** As many tasks that `metric`, on the average of them, comes to `target`. */
export function followMetric({ name, role, service }: Scaled, metric: WorkerMetric, target: number): void {
  const { metricName, namespace, dimensions } = workerMetric(role, metric);
  new aws.appautoscaling.Policy(`${name}By${pascal(metric)}`, {
    ...scalableTarget(service),
    policyType: "TargetTrackingScaling",
    targetTrackingScalingPolicyConfiguration: {
      targetValue: target,
      scaleInCooldown: 300,
      scaleOutCooldown: 60,
      customizedMetricSpecification: {
        metricName,
        namespace,
        statistic: "Average",
        dimensions: Object.entries(dimensions).map(([dimension, value]) => ({ name: dimension, value })),
      },
    },
  });
}

/** One more task as soon as `metric` of whoever asks is above zero: where there is none, nobody else could say that one is needed. */
export function wakeBy({ name, service }: Scaled, askers: readonly string[], metric: WorkerMetric): void {
  const policy = new aws.appautoscaling.Policy(`${name}FromZero`, {
    ...scalableTarget(service),
    policyType: "StepScaling",
    stepScalingPolicyConfiguration: {
      adjustmentType: "ExactCapacity",
      metricAggregationType: "Maximum",
      cooldown: 60,
      stepAdjustments: [{ metricIntervalLowerBound: "0", scalingAdjustment: 1 }],
    },
  });
  for (const role of askers) {
    new aws.cloudwatch.MetricAlarm(`${name}WantedBy${pascal(role)}`, {
      ...workerMetric(role, metric),
      statistic: "Sum",
      period: 60,
      evaluationPeriods: 1,
      threshold: 1,
      comparisonOperator: "GreaterThanOrEqualToThreshold",
      treatMissingData: "notBreaching",
      alarmActions: [policy.arn],
    });
  }
}

function scalableTarget(service: sst.aws.Service) {
  const { resourceId, scalableDimension, serviceNamespace } = service.nodes.autoScalingTarget;
  return { resourceId, scalableDimension, serviceNamespace };
}

const pascal = (words: string): string =>
  words.replace(/(?:^|[_-])(\w)/gu, (_, letter: string) => letter.toUpperCase());
