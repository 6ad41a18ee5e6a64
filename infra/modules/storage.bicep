// The store: tables are the truth, queues are hints, blobs are the platform's own. No account key opens it.

@description('Name of the account: 3 to 24 lower-case letters and digits, unique in the cloud.')
param name string

@description('Region.')
param location string

@description('Copies that are kept. Zone copies keep an answered write through the loss of a building.')
@allowed(['Standard_LRS', 'Standard_ZRS', 'Standard_GZRS'])
param sku string

@description('Whether only private endpoints reach it.')
param isolated bool

@description('Whether it is locked against deletion: the tables are the only record of what was promised and paid.')
param locked bool

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
  'runs'
  'audit'
  'lists'
  'parked'
]

var packages = 'deployments'

resource account 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: name
  location: location
  kind: 'StorageV2'
  sku: { name: sku }
  properties: {
    allowBlobPublicAccess: false
    allowSharedKeyAccess: false
    allowCrossTenantReplication: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    publicNetworkAccess: isolated ? 'Disabled' : 'Enabled'
    networkAcls: {
      bypass: 'None'
      defaultAction: isolated ? 'Deny' : 'Allow'
    }
  }

  resource blobs 'blobServices' = {
    name: 'default'
    properties: {
      deleteRetentionPolicy: {
        enabled: true
        days: 14
      }
    }

    resource deployments 'containers' = {
      name: packages
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

resource lock 'Microsoft.Authorization/locks@2020-05-01' = if (locked) {
  name: 'payouts-are-kept'
  scope: account
  properties: {
    level: 'CanNotDelete'
    notes: 'The tables are the only record of what was promised and paid.'
  }
}

@description('Name of the account.')
output name string = account.name

@description('Addresses of the services, right in every cloud.')
output endpoints { blob: string, queue: string, table: string } = {
  blob: account.properties.primaryEndpoints.blob
  queue: account.properties.primaryEndpoints.queue
  table: account.properties.primaryEndpoints.table
}

@description('Address of the container of deployed packages.')
output packagesAddress string = '${account.properties.primaryEndpoints.blob}${packages}'
