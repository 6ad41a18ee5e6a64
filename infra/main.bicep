// Everything the payouts engine needs in one resource group: store, vault, function app, telemetry, alerts.
// Nothing here holds a secret: every connection is the app's own identity, every secret lies in the vault.

import { agency, issuer } from 'types.bicep'

@description('Start of every name: lower-case letters and digits.')
@minLength(3)
@maxLength(9)
param prefix string = 'payouts'

@description('Region of everything. It must offer the hosting plan.')
param location string = resourceGroup().location

@description('Flex Consumption pays for what runs; Premium where Flex Consumption is not offered.')
@allowed(['FlexConsumption', 'Premium'])
param hosting string = 'FlexConsumption'

@description('How far the platform may scale out (Premium: 20 at most). Pools are safe with any number; more than the partitions can serve is waste.')
@minValue(1)
@maxValue(1000)
param maximumInstanceCount int = 40

@description('Memory of one instance in MB; Flex Consumption only.')
@allowed([512, 2048, 4096])
param instanceMemoryMB int = 2048

@description('Copies of the storage. Zone copies keep an answered write through the loss of a building.')
@allowed(['Standard_LRS', 'Standard_ZRS', 'Standard_GZRS'])
param storageSku string = 'Standard_ZRS'

@description('Whether the storage is locked against deletion.')
param lockStorage bool = true

@description('Whether store and vault have private addresses only.')
param isolated bool = false

@description('Addresses of the network, where isolated; a /24 is enough.')
param networkAddresses string = '10.77.0.0/24'

@description('Days telemetry is kept. It is no record of a decision: those are rows and stay.')
@minValue(30)
@maxValue(730)
param telemetryDays int = 90

@description('Most gigabytes of telemetry taken in on one day.')
@minValue(1)
param telemetryGigabytesPerDay int = 5

@description('Partitions that enterprises are spread over. Fixed when the store is made: never change it afterwards.')
@minValue(1)
@maxValue(1000)
param enterprisePartitions int = 256

@description('Most records asked of an agency in one page.')
@minValue(1)
@maxValue(1000)
param pageSize int = 500

@description('The agencies\' datasets; at least one.')
@minLength(1)
param agencies agency[]

@description('The treasury\'s payee accounts.')
param treasury agency

@description('Issuers of tokens: at least one for staff and one for enterprises.')
@minLength(2)
param issuers issuer[]

@description('Name in the vault of the key that account numbers are encrypted under: 32 bytes in Base64. Never change its value while accounts are kept.')
param cipherName string = 'accounts'

@description('Who may write secrets into the vault: object id of a person or group; empty for nobody.')
param vaultOfficer string = ''

@description('Who is mailed when an alert fires.')
param alertMailAddresses string[] = []

@description('Share of its money at which a pool counts as nearly dry, in percent.')
@minValue(1)
@maxValue(50)
param nearlyDryPercent int = 10

@description('Hours after which a source without a whole walk is reported.')
@minValue(1)
@maxValue(720)
param silentHours int = 72

var suffix = uniqueString(resourceGroup().id, prefix)
var name = '${prefix}-${suffix}'

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: name
  location: location
}

module storage 'modules/storage.bicep' = {
  name: 'storage'
  params: {
    name: '${prefix}${suffix}'
    location: location
    sku: storageSku
    isolated: isolated
    locked: lockStorage
  }
}

module telemetry 'modules/telemetry.bicep' = {
  name: 'telemetry'
  params: {
    name: name
    location: location
    days: telemetryDays
    gigabytesPerDay: telemetryGigabytesPerDay
  }
}

module vault 'modules/vault.bicep' = {
  name: 'vault'
  params: {
    name: name
    location: location
    isolated: isolated
    workspaceId: telemetry.outputs.workspaceId
  }
}

module access 'modules/access.bicep' = {
  name: 'access'
  params: {
    storageName: storage.outputs.name
    telemetryName: telemetry.outputs.name
    vaultName: vault.outputs.name
    principalId: identity.properties.principalId
    vaultOfficer: vaultOfficer
  }
}

module network 'modules/network.bicep' = if (isolated) {
  name: 'network'
  params: {
    name: name
    location: location
    addresses: networkAddresses
    delegation: hosting == 'FlexConsumption' ? 'Microsoft.App/environments' : 'Microsoft.Web/serverFarms'
    storageName: storage.outputs.name
    vaultName: vault.outputs.name
  }
}

var secrets = '@Microsoft.KeyVault(SecretUri=${vault.outputs.address}secrets/'

var agencySettings = flatten(map(agencies, (agency, i) => [
  { name: 'Exchange__Agencies__${i}__Source', value: agency.source }
  { name: 'Exchange__Agencies__${i}__BaseAddress', value: agency.baseAddress }
  { name: 'Exchange__Agencies__${i}__Kind', value: agency.kind }
  { name: 'Exchange__Agencies__${i}__ClientId', value: agency.clientId }
  { name: 'Exchange__Agencies__${i}__ServiceId', value: agency.?serviceId ?? '' }
  { name: 'Exchange__Agencies__${i}__Secret', value: '${secrets}${agency.secretName})' }
  { name: 'Exchange__Agencies__${i}__MaxPageSize', value: string(agency.?maxPageSize ?? 1000) }
]))

var issuerSettings = flatten(map(issuers, (issuer, i) => [
  { name: 'Web__Issuers__${i}__Id', value: issuer.id }
  { name: 'Web__Issuers__${i}__Issuer', value: issuer.issuer }
  { name: 'Web__Issuers__${i}__Audience', value: issuer.audience }
  { name: 'Web__Issuers__${i}__Kind', value: issuer.kind }
  { name: 'Web__Issuers__${i}__KeysAddress', value: issuer.keysAddress }
]))

var engineSettings = union(
  toObject(agencySettings, setting => setting.name, setting => setting.value),
  toObject(issuerSettings, setting => setting.name, setting => setting.value),
  {
    Exchange__Treasury__Source: treasury.source
    Exchange__Treasury__BaseAddress: treasury.baseAddress
    Exchange__Treasury__Kind: treasury.kind
    Exchange__Treasury__ClientId: treasury.clientId
    Exchange__Treasury__ServiceId: treasury.?serviceId ?? ''
    Exchange__Treasury__Secret: '${secrets}${treasury.secretName})'
    Exchange__Treasury__MaxPageSize: string(treasury.?maxPageSize ?? 1000)
    Accounts__Key: '${secrets}${cipherName})'
    Engine__Buckets: string(enterprisePartitions)
    Engine__PageSize: string(pageSize)
  }
)

module app 'modules/app.bicep' = {
  name: 'app'
  dependsOn: [access]
  params: {
    name: name
    location: location
    hosting: hosting
    maximumInstanceCount: maximumInstanceCount
    instanceMemoryMB: instanceMemoryMB
    identityId: identity.id
    identityClientId: identity.properties.clientId
    storage: storage.outputs.endpoints
    packagesAddress: storage.outputs.packagesAddress
    telemetryConnection: telemetry.outputs.connectionString
    subnetId: network.?outputs.appSubnetId ?? ''
    engineSettings: engineSettings
    service: 'functions'
  }
}

module alerts 'modules/alerts.bicep' = {
  name: 'alerts'
  params: {
    name: name
    location: location
    workspaceId: telemetry.outputs.workspaceId
    mailAddresses: alertMailAddresses
    nearlyDryPercent: nearlyDryPercent
    silentHours: silentHours
  }
}

module workbook 'modules/workbook.bicep' = {
  name: 'workbook'
  params: {
    location: location
    workspaceId: telemetry.outputs.workspaceId
  }
}

@description('Name of the function app, for the deployment of the package.')
output appName string = app.outputs.name

@description('Address of the API and the pages.')
output address string = app.outputs.address

@description('Name of the storage account.')
output storageName string = storage.outputs.name

@description('Name of the vault that the secrets are put into.')
output vaultName string = vault.outputs.name

@description('Where the package goes on the Premium plan.')
output packagesAddress string = storage.outputs.packagesAddress

@description('The address agencies see, where isolated; empty otherwise.')
output outgoingAddress string = network.?outputs.outgoingAddress ?? ''
