// The city's own: zone copies, locked, store and vault without a public address.
using 'main.bicep'

param storageSku = 'Standard_ZRS'
param lockStorage = true
param isolated = true
param networkAddresses = '10.77.0.0/24'
param maximumInstanceCount = 40
param enterprisePartitions = 256
param telemetryDays = 180
param alertMailAddresses = ['payouts-alerts@finance.example']

param agencies = [
  {
    source: 'tax'
    baseAddress: 'https://exchange.example/tax/'
    kind: 'Cursor'
    clientId: 'finance-bureau'
    serviceId: 'tax-records'
    secretName: 'agency-tax'
  }
]

param treasury = {
  source: 'treasury'
  baseAddress: 'https://exchange.example/accounts/'
  kind: 'Cursor'
  clientId: 'finance-bureau'
  serviceId: 'payee-accounts'
  secretName: 'agency-treasury'
}

param issuers = [
  {
    id: 'staff'
    issuer: 'https://staff.example/'
    audience: 'payouts'
    kind: 'Staff'
    keysAddress: 'https://staff.example/keys'
  }
  {
    id: 'enterprises'
    issuer: 'https://enterprises.example/'
    audience: 'payouts'
    kind: 'Enterprises'
    keysAddress: 'https://enterprises.example/keys'
  }
]
