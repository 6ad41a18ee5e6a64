// A small copy to try things on: nothing that costs while it rests, nothing private.
using 'main.bicep'

param storageSku = 'Standard_LRS'
param lockStorage = false
param maximumInstanceCount = 4
param enterprisePartitions = 16
param telemetryDays = 30
param telemetryGigabytesPerDay = 1

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
