// One page that shows how the engine does.

@description('Region.')
param location string

@description('Id of the workspace it reads.')
param workspaceId string

resource workbook 'Microsoft.Insights/workbooks@2023-06-01' = {
  name: guid(resourceGroup().id, 'payouts')
  location: location
  kind: 'shared'
  properties: {
    displayName: 'Payouts'
    category: 'workbook'
    sourceId: workspaceId
    serializedData: loadTextContent('workbook.json')
  }
}
