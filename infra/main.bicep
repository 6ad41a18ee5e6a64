// Everything the payouts engine needs in one resource group: storage, the function app and its telemetry.
// Nothing here holds a secret: every connection is the app's own identity.

@description('Start of every name: lower-case letters and digits.')
@minLength(3)
@maxLength(11)
param prefix string = 'payouts'

@description('Region of everything. It must offer the Flex Consumption plan.')
param location string = resourceGroup().location

@description('How far the platform may scale out. Pools are safe with any number; more than the partitions can serve is waste.')
@minValue(1)
@maxValue(1000)
param maximumInstanceCount int = 40

@description('Memory of one instance in MB.')
@allowed([512, 2048, 4096])
param instanceMemoryMB int = 2048

@description('Copies of the storage. Zone copies keep an answered write through the loss of a building.')
@allowed(['Standard_LRS', 'Standard_ZRS', 'Standard_GZRS'])
param storageSku string = 'Standard_ZRS'

@description('Days telemetry is kept. It is no record of a decision: those are rows and stay.')
param telemetryDays int = 90

@description('Partitions that enterprises are spread over. Fixed when the store is made: never change it afterwards.')
@minValue(1)
@maxValue(1000)
param enterprisePartitions int = 256

@description('Settings of the engine itself, as in the documentation: agencies, token issuer, switches.')
param engineSettings object = {}

// The names below are those in the code; a test compares them.
var queueNames = ['pull', 'match', 'allocate', 'project']
var tableNames = [
  'facts'
  'sources'
  'quarantine'
  'accounts'
  'rounds'
  'entitlements'
  'claims'
  'holds'
  'poollog'
  'poolchain'
  'payouts'
  'acts'
  'approvals'
  'parked'
]

var suffix = uniqueString(resourceGroup().id, prefix)
var storageName = '${prefix}${suffix}'
var deploymentContainerName = 'deployments'

var roles = {
  blobDataOwner: 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b' // the platform's own locks and timer states, and the package
  queueDataReader: '19e7f393-937e-4f77-808e-94535e297925' // length of a queue, for scaling
  queueMessageProcessor: '8a0f0c08-91a1-4084-bc3d-661d67233fed'
  queueMessageSender: 'c6a89b2d-59bc-44d0-9896-0f6e12d7b80a'
  tableDataContributor: '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3'
}
var metricsPublisherRole = '3913510d-42f4-4e42-8a64-420c390055eb'

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: '${prefix}-${suffix}'
  location: location
}

resource storage 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: storageName
  location: location
  kind: 'StorageV2'
  sku: { name: storageSku }
  properties: {
    allowBlobPublicAccess: false
    allowSharedKeyAccess: false
    allowCrossTenantReplication: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
  }

  resource blobs 'blobServices' = {
    name: 'default'

    resource deployments 'containers' = {
      name: deploymentContainerName
    }
  }

  resource queueService 'queueServices' = {
    name: 'default'

    resource queues 'queues' = [for name in queueNames: { name: name }]

    // Where the platform puts a message that failed too often.
    resource poisonQueues 'queues' = [for name in queueNames: { name: '${name}-poison' }]
  }

  resource tableService 'tableServices' = {
    name: 'default'

    resource tables 'tables' = [for name in tableNames: { name: name }]
  }
}

resource storageRoles 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for role in items(roles): {
    name: guid(storage.id, identity.id, role.value)
    scope: storage
    properties: {
      principalId: identity.properties.principalId
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role.value)
    }
  }
]

resource logs 'Microsoft.OperationalInsights/workspaces@2023-09-01' = {
  name: '${prefix}-${suffix}'
  location: location
  properties: {
    retentionInDays: telemetryDays
    sku: { name: 'PerGB2018' }
  }
}

resource telemetry 'Microsoft.Insights/components@2020-02-02' = {
  name: '${prefix}-${suffix}'
  location: location
  kind: 'web'
  properties: {
    Application_Type: 'web'
    DisableLocalAuth: true
    WorkspaceResourceId: logs.id
  }
}

resource telemetryRole 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(telemetry.id, identity.id, metricsPublisherRole)
  scope: telemetry
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', metricsPublisherRole)
  }
}

resource plan 'Microsoft.Web/serverfarms@2024-04-01' = {
  name: '${prefix}-${suffix}'
  location: location
  kind: 'functionapp'
  sku: {
    tier: 'FlexConsumption'
    name: 'FC1'
  }
  properties: {
    reserved: true
  }
}

resource app 'Microsoft.Web/sites@2024-04-01' = {
  name: '${prefix}-${suffix}'
  location: location
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identity.id}': {} }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    keyVaultReferenceIdentity: identity.id // for settings that point into a vault
    functionAppConfig: {
      deployment: {
        storage: {
          type: 'blobContainer'
          value: '${storage.properties.primaryEndpoints.blob}${deploymentContainerName}'
          authentication: {
            type: 'UserAssignedIdentity'
            userAssignedIdentityResourceId: identity.id
          }
        }
      }
      runtime: {
        name: 'dotnet-isolated'
        version: '10.0'
      }
      scaleAndConcurrency: {
        instanceMemoryMB: instanceMemoryMB
        maximumInstanceCount: maximumInstanceCount
      }
    }
    siteConfig: {
      ftpsState: 'Disabled'
      minTlsVersion: '1.2'
      scmMinTlsVersion: '1.2'
    }
  }
  dependsOn: [storageRoles]

  resource settings 'config' = {
    name: 'appsettings'
    // Service addresses instead of an account name: they are right in every cloud.
    properties: union(engineSettings, {
      AzureWebJobsStorage__credential: 'managedidentity'
      AzureWebJobsStorage__clientId: identity.properties.clientId
      AzureWebJobsStorage__blobServiceUri: storage.properties.primaryEndpoints.blob
      AzureWebJobsStorage__queueServiceUri: storage.properties.primaryEndpoints.queue
      AzureWebJobsStorage__tableServiceUri: storage.properties.primaryEndpoints.table
      AZURE_CLIENT_ID: identity.properties.clientId
      APPLICATIONINSIGHTS_CONNECTION_STRING: telemetry.properties.ConnectionString
      APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'Authorization=AAD;ClientId=${identity.properties.clientId}'
      Engine__Buckets: string(enterprisePartitions)
      // The platform's own start page would hide ours.
      AzureWebJobsDisableHomepage: 'true'
    })
  }

  resource noFtpPassword 'basicPublishingCredentialsPolicies' = {
    name: 'ftp'
    properties: { allow: false }
  }

  resource noDeploymentPassword 'basicPublishingCredentialsPolicies' = {
    name: 'scm'
    properties: { allow: false }
  }
}

@description('Name of the function app, for the deployment of the package.')
output appName string = app.name

@description('Address of the API and the pages.')
output address string = 'https://${app.properties.defaultHostName}'

@description('Name of the storage account.')
output storageName string = storage.name
