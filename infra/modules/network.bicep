// A network of our own: the store and the vault have no public address, and agencies see the app under one fixed address.

@description('Start of every name.')
param name string

@description('Region.')
param location string

@description('Addresses of the network; a /24 is enough. Choose one that meets no network it is to be joined with.')
param addresses string

@description('What the app\'s part of the network is lent to: it depends on the plan.')
@allowed(['Microsoft.App/environments', 'Microsoft.Web/serverFarms'])
param delegation string

@description('The storage account.')
param storageName string

@description('The vault.')
param vaultName string

resource storage 'Microsoft.Storage/storageAccounts@2023-05-01' existing = {
  name: storageName
}

resource vault 'Microsoft.KeyVault/vaults@2023-07-01' existing = {
  name: vaultName
}

resource address 'Microsoft.Network/publicIPAddresses@2024-05-01' = {
  name: '${name}-out'
  location: location
  sku: { name: 'Standard' }
  properties: { publicIPAllocationMethod: 'Static' }
}

resource gateway 'Microsoft.Network/natGateways@2024-05-01' = {
  name: name
  location: location
  sku: { name: 'Standard' }
  properties: {
    publicIpAddresses: [{ id: address.id }]
  }
}

resource network 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: name
  location: location
  properties: {
    addressSpace: { addressPrefixes: [addresses] }
  }

  resource appSubnet 'subnets' = {
    name: 'app'
    properties: {
      addressPrefix: cidrSubnet(addresses, 26, 0)
      natGateway: { id: gateway.id }
      delegations: [
        {
          name: 'app'
          properties: { serviceName: delegation }
        }
      ]
    }
  }

  resource endpointSubnet 'subnets' = {
    name: 'endpoints'
    dependsOn: [appSubnet] // the service changes one subnet at a time
    properties: {
      addressPrefix: cidrSubnet(addresses, 26, 1)
      defaultOutboundAccess: false
    }
  }
}

var reached = [
  {
    part: 'blob'
    id: storage.id
    zone: 'privatelink.blob.${environment().suffixes.storage}'
  }
  {
    part: 'queue'
    id: storage.id
    zone: 'privatelink.queue.${environment().suffixes.storage}'
  }
  {
    part: 'table'
    id: storage.id
    zone: 'privatelink.table.${environment().suffixes.storage}'
  }
  {
    part: 'vault'
    id: vault.id
    zone: replace(environment().suffixes.keyvaultDns, '.vault.', 'privatelink.vaultcore.')
  }
]

resource zones 'Microsoft.Network/privateDnsZones@2024-06-01' = [
  for part in reached: {
    name: part.zone
    location: 'global'
  }
]

resource links 'Microsoft.Network/privateDnsZones/virtualNetworkLinks@2024-06-01' = [
  for (part, i) in reached: {
    parent: zones[i]
    name: name
    location: 'global'
    properties: {
      registrationEnabled: false
      virtualNetwork: { id: network.id }
    }
  }
]

resource endpoints 'Microsoft.Network/privateEndpoints@2024-05-01' = [
  for part in reached: {
    name: '${name}-${part.part}'
    location: location
    properties: {
      subnet: { id: network::endpointSubnet.id }
      privateLinkServiceConnections: [
        {
          name: part.part
          properties: {
            privateLinkServiceId: part.id
            groupIds: [part.part]
          }
        }
      ]
    }
  }
]

resource endpointNames 'Microsoft.Network/privateEndpoints/privateDnsZoneGroups@2024-05-01' = [
  for (part, i) in reached: {
    parent: endpoints[i]
    name: 'default'
    properties: {
      privateDnsZoneConfigs: [
        {
          name: part.part
          properties: { privateDnsZoneId: zones[i].id }
        }
      ]
    }
  }
]

@description('The part of the network that the app joins.')
output appSubnetId string = network::appSubnet.id

@description('The address agencies see; they may let in this one only.')
output outgoingAddress string = address.properties.ipAddress
