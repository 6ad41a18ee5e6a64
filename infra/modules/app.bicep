// The function app and its plan. Every connection is the app's own identity; a secret is a reference into the vault.

@description('Name of the app and of its plan.')
param name string

@description('Region. It must offer the plan.')
param location string

@description('How it is hosted: Flex Consumption pays for what runs; Premium where Flex Consumption is not offered.')
@allowed(['FlexConsumption', 'Premium'])
param hosting string

@description('How far the platform may scale out. Pools are safe with any number; more than the partitions can serve is waste.')
@minValue(1)
@maxValue(1000)
param maximumInstanceCount int

@description('Memory of one instance in MB; Flex Consumption only.')
@allowed([512, 2048, 4096])
param instanceMemoryMB int

@description('Id of the app\'s identity.')
param identityId string

@description('Client id of the app\'s identity.')
param identityClientId string

@description('Addresses of the store\'s services.')
param storage { blob: string, queue: string, table: string }

@description('Address of the container of deployed packages.')
param packagesAddress string

@description('Where telemetry goes.')
param telemetryConnection string

@description('The part of the network it joins; empty for none.')
param subnetId string

@description('What the engine itself is told, name by name.')
param engineSettings object

@description('Name of the service in azure.yaml.')
param service string

var flex = hosting == 'FlexConsumption'

// Service addresses instead of an account name: they are right in every cloud.
var everywhere = {
  AzureWebJobsStorage__credential: 'managedidentity'
  AzureWebJobsStorage__clientId: identityClientId
  AzureWebJobsStorage__blobServiceUri: storage.blob
  AzureWebJobsStorage__queueServiceUri: storage.queue
  AzureWebJobsStorage__tableServiceUri: storage.table
  AZURE_CLIENT_ID: identityClientId
  APPLICATIONINSIGHTS_CONNECTION_STRING: telemetryConnection
  APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'Authorization=AAD;ClientId=${identityClientId}'
  // The platform's own start page would hide ours.
  AzureWebJobsDisableHomepage: 'true'
}

// Flex Consumption says these itself. The package lies in the store and is read with the app's identity.
var premiumOnly = {
  FUNCTIONS_EXTENSION_VERSION: '~4'
  FUNCTIONS_WORKER_RUNTIME: 'dotnet-isolated'
  WEBSITE_RUN_FROM_PACKAGE: '${packagesAddress}/functions.zip'
  WEBSITE_RUN_FROM_PACKAGE_BLOB_MI_RESOURCE_ID: identityId
}

resource plan 'Microsoft.Web/serverfarms@2024-04-01' = {
  name: name
  location: location
  kind: flex ? 'functionapp' : 'elastic'
  sku: flex
    ? {
        tier: 'FlexConsumption'
        name: 'FC1'
      }
    : {
        tier: 'ElasticPremium'
        name: 'EP1'
      }
  properties: flex
    ? { reserved: true }
    : {
        reserved: true
        maximumElasticWorkerCount: min(maximumInstanceCount, 20)
      }
}

resource app 'Microsoft.Web/sites@2024-04-01' = {
  name: name
  location: location
  kind: 'functionapp,linux'
  tags: { 'azd-service-name': service }
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identityId}': {} }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    keyVaultReferenceIdentity: identityId // for settings that point into the vault
    virtualNetworkSubnetId: empty(subnetId) ? null : subnetId
    functionAppConfig: flex
      ? {
          deployment: {
            storage: {
              type: 'blobContainer'
              value: packagesAddress
              authentication: {
                type: 'UserAssignedIdentity'
                userAssignedIdentityResourceId: identityId
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
      : null
    siteConfig: {
      ftpsState: 'Disabled'
      minTlsVersion: '1.2'
      scmMinTlsVersion: '1.2'
      linuxFxVersion: flex ? null : 'DOTNET-ISOLATED|10.0'
      minimumElasticInstanceCount: flex ? null : 1
      functionsRuntimeScaleMonitoringEnabled: flex ? null : !empty(subnetId)
      vnetRouteAllEnabled: flex ? null : !empty(subnetId)
      healthCheckPath: flex ? null : '/healthz'
    }
  }

  resource settings 'config' = {
    name: 'appsettings'
    properties: union(engineSettings, everywhere, flex ? {} : premiumOnly)
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

@description('Name of the app.')
output name string = app.name

@description('Address of the API and the pages.')
output address string = 'https://${app.properties.defaultHostName}'
