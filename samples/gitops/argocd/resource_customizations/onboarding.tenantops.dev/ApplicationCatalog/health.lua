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
if ready.status == "False" then
  return health("Degraded", ready.message)
end
if ready.status == "True" then
  return health("Healthy", ready.message)
end
return health("Progressing", ready.message)
