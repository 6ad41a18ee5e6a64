// What the app's identity may do, and nothing else: each role on one resource, none on the group.

@description('The storage account.')
param storageName string

@description('The telemetry.')
param telemetryName string

@description('The vault of secrets.')
param vaultName string

@description('The app\'s identity.')
param principalId string

@description('Who may write secrets into the vault: object id of a person or group; empty for nobody.')
param vaultOfficer string

var storageRoles = {
  blobDataOwner: 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b' // the platform's own locks and timer states, and the package
  queueDataReader: '19e7f393-937e-4f77-808e-94535e297925' // length of a queue, for scaling
  queueMessageProcessor: '8a0f0c08-91a1-4084-bc3d-661d67233fed'
  queueMessageSender: 'c6a89b2d-59bc-44d0-9896-0f6e12d7b80a'
  tableDataContributor: '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3'
}
var metricsPublisher = '3913510d-42f4-4e42-8a64-420c390055eb'
var secretsUser = '4633458b-17de-408a-b874-0445c86b69e6'
var secretsOfficerRole = 'b86a8fe4-44ce-4948-aee5-eccb2c155cd7'

resource storage 'Microsoft.Storage/storageAccounts@2023-05-01' existing = {
  name: storageName
}

resource telemetry 'Microsoft.Insights/components@2020-02-02' existing = {
  name: telemetryName
}

resource vault 'Microsoft.KeyVault/vaults@2023-07-01' existing = {
  name: vaultName
}

resource onStorage 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for role in items(storageRoles): {
    name: guid(storage.id, principalId, role.value)
    scope: storage
    properties: {
      principalId: principalId
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role.value)
    }
  }
]

resource onTelemetry 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(telemetry.id, principalId, metricsPublisher)
  scope: telemetry
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', metricsPublisher)
  }
}

resource onVault 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(vault.id, principalId, secretsUser)
  scope: vault
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', secretsUser)
  }
}

resource officerOnVault 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (!empty(vaultOfficer)) {
  name: guid(vault.id, vaultOfficer, secretsOfficerRole)
  scope: vault
  properties: {
    principalId: vaultOfficer
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', secretsOfficerRole)
  }
}
