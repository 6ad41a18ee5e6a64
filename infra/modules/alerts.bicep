// Who is told what. Every alert reads a metric that the code names; a test compares the names.

@description('Start of every name.')
param name string

@description('Region.')
param location string

@description('Id of the workspace the metrics are in.')
param workspaceId string

@description('Who is told; empty for nobody, then alerts are seen in the portal only.')
param mailAddresses string[]

@description('Share of its money at which a pool counts as nearly dry, in percent, included.')
@minValue(1)
@maxValue(50)
param nearlyDryPercent int

@description('Hours after which a source without a whole walk is reported.')
@minValue(1)
@maxValue(720)
param silentHours int

var table = 'AppMetrics'

var alerts = [
  {
    name: 'parked'
    metric: 'payouts.messages.parked'
    severity: 1
    says: 'A message failed five times and was parked: see the cases under parked, docs/operations.md "A message is parked".'
    query: '| summarize Value = sum(Sum)'
    above: 0
    every: 'PT5M'
    over: 'PT15M'
  }
  {
    name: 'source-silent'
    metric: 'payouts.source.lag'
    severity: 2
    says: 'A source has not been walked whole for long: rounds stand still for its pools, docs/operations.md "An agency is down".'
    query: '| summarize Value = max(Max) by Source = tostring(Properties["source"])'
    above: silentHours * 3600
    every: 'PT1H'
    over: 'PT2H' // told once an hour; one that comes late must not look like none
  }
  {
    name: 'pool-nearly-dry'
    metric: 'payouts.pool.used'
    severity: 3
    says: 'A pool has little left: docs/operations.md "A pool is dry".'
    query: '| summarize Value = max(Max) by Pool = tostring(Properties["pool"])'
    above: 99 - nearlyDryPercent
    every: 'PT1H'
    over: 'PT1H'
  }
  {
    name: 'payments-overdue'
    metric: 'payouts.payments.overdue'
    severity: 2
    says: 'Payouts are past the payment deadline of their entry: docs/operations.md "A payment is overdue".'
    query: '| summarize Value = max(Max)'
    above: 0
    every: 'PT1H'
    over: 'PT1H'
  }
  {
    name: 'verify-failed'
    metric: 'payouts.verify.differences'
    severity: 0
    says: 'Rows contradict each other: stop instructing first, docs/operations.md "Verify fails".'
    query: '| summarize Value = max(Max)'
    above: 0
    every: 'PT15M'
    over: 'PT1H'
  }
]

resource told 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: name
  location: 'global'
  properties: {
    enabled: true
    groupShortName: 'payouts'
    emailReceivers: [
      for (address, i) in mailAddresses: {
        name: 'mail-${i}'
        emailAddress: address
        useCommonAlertSchema: true
      }
    ]
  }
}

resource rules 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [
  for alert in alerts: {
    name: '${name}-${alert.name}'
    location: location
    kind: 'LogAlert'
    properties: {
      displayName: alert.name
      description: alert.says
      severity: alert.severity
      enabled: true
      scopes: [workspaceId]
      evaluationFrequency: alert.every
      windowSize: alert.over
      autoMitigate: true
      criteria: {
        allOf: [
          {
            query: '${table} | where Name == "${alert.metric}" ${alert.query}'
            metricMeasureColumn: 'Value'
            timeAggregation: 'Maximum'
            operator: 'GreaterThan'
            threshold: alert.above
            failingPeriods: {
              numberOfEvaluationPeriods: 1
              minFailingPeriodsToAlert: 1
            }
          }
        ]
      }
      actions: { actionGroups: [told.id] }
    }
  }
]
