// Where traces, metrics and logs go. None of it is a record of a decision: those are rows and stay.

@description('Name of both resources.')
param name string

@description('Region.')
param location string

@description('Days telemetry is kept.')
@minValue(30)
@maxValue(730)
param days int

@description('Most gigabytes taken in on one day; a fault that logs without end stops costing here.')
@minValue(1)
param gigabytesPerDay int

resource workspace 'Microsoft.OperationalInsights/workspaces@2023-09-01' = {
  name: name
  location: location
  properties: {
    retentionInDays: days
    sku: { name: 'PerGB2018' }
    workspaceCapping: { dailyQuotaGb: gigabytesPerDay }
    features: { disableLocalAuth: true }
  }
}

resource telemetry 'Microsoft.Insights/components@2020-02-02' = {
  name: name
  location: location
  kind: 'web'
  properties: {
    Application_Type: 'web'
    DisableLocalAuth: true
    WorkspaceResourceId: workspace.id
  }
}

@description('Name of the telemetry.')
output name string = telemetry.name

@description('Id of the workspace behind it.')
output workspaceId string = workspace.id

@description('Where the app sends to; no secret, since local authentication is off.')
output connectionString string = telemetry.properties.ConnectionString
