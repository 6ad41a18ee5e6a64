// A cloud where Flex Consumption is not offered: the same engine on the Premium plan. Addresses of the services come from the cloud itself.
using 'main.bicep'

param hosting = 'Premium'
param storageSku = 'Standard_LRS'
param lockStorage = true
param isolated = true
param networkAddresses = '10.77.0.0/24'
param maximumInstanceCount = 10
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
