// What a deployment says about those it speaks with. No secret is among it: secrets are named, and lie in the vault.

@export()
@description('A dataset that an agency serves.')
type agency = {
  @description('Its id in the facts dictionary (payouts catalogue facts); for the payee accounts: treasury.')
  source: string

  @description('Where it is served; HTTPS, ends with a slash.')
  baseAddress: string

  @description('How it is walked: by cursor, or as a whole snapshot.')
  kind: 'Cursor' | 'Snapshot'

  @description('Who asks, as the agency knows us.')
  clientId: string

  @description('Which service is asked for; Cursor only.')
  serviceId: string?

  @description('Name in the vault of the secret shared with the agency.')
  secretName: string

  @description('The largest page it serves; 1,000 if left out.')
  @minValue(1)
  @maxValue(1000)
  maxPageSize: int?
}

@export()
@description('An issuer of tokens.')
type issuer = {
  @description('Short name that goes before each subject. Never give one to another issuer.')
  id: string

  @description('The iss of its tokens; begins with https://.')
  issuer: string

  @description('The aud of its tokens.')
  audience: string

  @description('Whom it speaks for; one issuer never for both.')
  kind: 'Staff' | 'Enterprises'

  @description('Where its JSON Web Key Set is served; HTTPS.')
  keysAddress: string
}
