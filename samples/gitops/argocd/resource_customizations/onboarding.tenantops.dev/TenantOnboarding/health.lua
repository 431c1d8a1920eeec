-- Argo CD gives a check from argocd-cm the base and table libraries only: no string library here.

local function health(status, message)
  return { status = status, message = message }
end

local status = obj.status or {}
if status.observedGeneration ~= obj.metadata.generation then
  return health("Progressing", "Waiting for the operator to look at this version of the spec.")
end

local conditions = {}
for _, condition in ipairs(status.conditions or {}) do
  conditions[condition.type] = condition
end

local ready = conditions["Ready"]
if ready == nil then
  return health("Progressing", "Waiting for the operator to report.")
end
if ready.reason == "Suspended" then
  return health("Suspended", ready.message)
end
if conditions["Stalled"] ~= nil and conditions["Stalled"].status == "True" then
  return health("Degraded", ready.message)
end
if ready.status == "True" then
  if ready.observedGeneration ~= obj.metadata.generation then
    return health("Progressing", ready.message)
  end
  return health("Healthy", ready.message)
end
if ready.status ~= "False" then
  return health("Progressing", ready.message)
end

-- What the customer's administrator heals with a consent, or somebody with an attestation. Argo CD calls waiting for
-- somebody outside Suspended. Every other cause of Ready=False is an error.
local waiting = {
  VerifierConsentRequired = true,
  ConsentRequired = true,
  PermissionsMissing = true,
  ReconsentRequired = true,
  UserConsentOnly = true,
  ResourceServicePrincipalMissing = true,
  AttestationRequired = true,
}
if not waiting[ready.reason] then
  return health("Degraded", ready.message)
end

-- The same reasons after something was there: then nobody is waited for, something has broken. A tier is only known of a
-- verifier that has signed in before.
for _, verifier in ipairs(status.verifiers or {}) do
  if verifier.state == "VerifierConsentRequired" and verifier.tier ~= nil then
    return health("Degraded", ready.message)
  end
end
-- With the reason of the worst application first, others may still have lost something.
for _, application in ipairs(status.applications or {}) do
  local counts = application.optional ~= true and application.state ~= "NoLongerLicensed"
  local lost = next(application.lost or {}) ~= nil
    or (application.state == "ResourceServicePrincipalMissing" and application.lastGrantedTime ~= nil)
  if counts and lost then
    return health("Degraded", ready.message)
  end
end
return health("Suspended", ready.message)
