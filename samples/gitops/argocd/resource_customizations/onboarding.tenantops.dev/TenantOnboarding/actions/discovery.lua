-- While suspended the operator checks nothing, whoever asks.
local suspended = obj.spec.suspend == true
return {
  recheck = { disabled = suspended },
  suspend = { disabled = suspended },
  resume = { disabled = not suspended },
}
