// The secrets that agencies share with us, and the key that payee accounts are encrypted under.

@description('Name of the vault: 3 to 24 letters, digits and hyphens.')
param name string

@description('Region.')
param location string

@description('Whether only private endpoints reach it.')
param isolated bool

@description('Where reads of secrets are logged.')
param workspaceId string

resource vault 'Microsoft.KeyVault/vaults@2023-07-01' = {
  name: name
  location: location
  properties: {
    tenantId: subscription().tenantId
    sku: {
      family: 'A'
      name: 'standard'
    }
    enableRbacAuthorization: true
    // A key that is gone makes every kept account unreadable: nobody can empty the vault within 90 days.
    enableSoftDelete: true
    enablePurgeProtection: true
    softDeleteRetentionInDays: 90
    publicNetworkAccess: isolated ? 'Disabled' : 'Enabled'
    networkAcls: {
      bypass: 'None'
      defaultAction: isolated ? 'Deny' : 'Allow'
    }
  }
}

resource reads 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'reads'
  scope: vault
  properties: {
    workspaceId: workspaceId
    logs: [
      {
        categoryGroup: 'audit'
        enabled: true
      }
    ]
  }
}

@description('Name of the vault.')
output name string = vault.name

@description('Address of the vault, ends with a slash.')
output address string = vault.properties.vaultUri
